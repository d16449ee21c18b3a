// What npm's tiktoken makes of texts, for tests/bpe_npm_spec.lua:
//
//   node tests/bpe_peer.js MODULES ENCODING FILE...
//
// MODULES is a folder with the package tiktoken in it. Writes the ids of each
// FILE, which is UTF-8, to FILE.ids, as 32-bit numbers of this machine's order.
"use strict";
const fs = require("fs");
const path = require("path");

const [modules, name, ...files] = process.argv.slice(2);
const tiktoken = require(path.resolve(modules, "tiktoken"));
const encoding = tiktoken.get_encoding(name);
for (const file of files) {
  const ids = encoding.encode(fs.readFileSync(file, "utf8"), [], []);
  fs.writeFileSync(file + ".ids", new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength));
}
encoding.free();
