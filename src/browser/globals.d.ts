// Every Node.js has these too.
declare function atob(base64: string): string;
declare function btoa(bytes: string): string;
