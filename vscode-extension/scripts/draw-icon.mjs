// Draws media/icon.png from media/icon.svg, in a browser: marketplaces take no SVG.
// CHROMIUM names the browser; /usr/bin/chromium is Debian's.

import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";

const SIZE = 256;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
await page.setContent(
  `<style>body { margin: 0 } svg { display: block }</style>${readFileSync("media/icon.svg", "utf8")}`,
);
await page.screenshot({ path: "media/icon.png", omitBackground: true });
await browser.close();
