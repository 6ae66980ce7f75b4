import {gzipSync} from 'node:zlib';import {buildSync} from 'esbuild';
const r=buildSync({entryPoints:['src/index.ts'],bundle:true,minify:true,format:'esm',platform:'node',target:'node22',write:false,metafile:true});
const ins=Object.values(r.metafile.outputs)[0].inputs; for(const [k,v] of Object.entries(ins).sort((a,b)=>b[1].bytesInOutput-a[1].bytesInOutput)) console.log(v.bytesInOutput,k);
