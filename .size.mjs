import {gzipSync} from 'node:zlib';import {buildSync} from 'esbuild';
for (const e of ['index.ts','middy.ts','streaming.ts']){const r=buildSync({entryPoints:['src/'+e],bundle:true,minify:true,format:'esm',platform:'node',target:'node22',write:false,metafile:true});
console.log(e,gzipSync(r.outputFiles[0].contents,{level:9}).length,r.outputFiles[0].contents.length);
if(process.argv[2]&&e==='index.ts'){const ins=Object.values(r.metafile.outputs)[0].inputs; for(const [k,v] of Object.entries(ins).sort((a,b)=>b[1].bytesInOutput-a[1].bytesInOutput)) console.log('  ',v.bytesInOutput,k);}}
