// Builds the page: node build.mjs [FOLDER]. Copies src to dist (or FOLDER); the assets' folder is named after what is
// in it, so that browsers may keep it for good and still see every change.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "src");
const target = process.argv[2] ?? join(here, "dist");

const hash = createHash("sha256");
for (const name of readdirSync(join(source, "assets")).sort()) {
  hash.update(name).update(readFileSync(join(source, "assets", name)));
}
const assets = `/assets/${hash.digest("hex").slice(0, 12)}`;

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
cpSync(join(source, "assets"), join(target, assets), { recursive: true });
const page = readFileSync(join(source, "index.html"), "utf8").replaceAll('"assets/', `"${assets}/`);
writeFileSync(join(target, "index.html"), page);
console.log(`${target}: index.html, ${assets.slice(1)}`);
