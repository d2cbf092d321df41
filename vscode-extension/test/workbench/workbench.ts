/// <reference lib="dom" />
/** A workbench in a browser, as its user sees it: what can be pressed, and what can be read. */

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { BUSY } from "./busy";

/** Where the pictures of the steps go. */
const PICTURES = process.env["REPAIRLSP_PICTURES"] ?? "out/pictures";

/** The longest wait for anything but a fix, in milliseconds. */
const PATIENCE = 30_000 * BUSY;

/** The longest wait for a fix. */
export const FIX = 60_000 * BUSY;

export class Workbench {
  private pictures = 0;

  private constructor(
    readonly page: Page,
    private readonly story: string,
  ) {}

  /** Opens a folder; `story` is what its pictures are named after. */
  static async open(browser: Browser, address: string, story: string): Promise<Workbench> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(PATIENCE);
    await page.goto(address);
    await page.locator(".monaco-workbench .part.statusbar").waitFor();
    return new Workbench(page, story);
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  /** Keeps a picture of this moment. */
  async picture(step: string): Promise<void> {
    mkdirSync(PICTURES, { recursive: true });
    const name = `${this.story}-${String(++this.pictures).padStart(2, "0")}-${step}.png`;
    await this.page.screenshot({ path: path.join(PICTURES, name) });
  }

  /** Keeps a picture of a failure, and one with all notifications, also those that were hidden. */
  async failure(): Promise<void> {
    await this.picture("failed");
    const bell = this.page.locator("#status\\.notifications");
    // What made the test fail may cover the bell: then the first picture shows it.
    await bell.click({ timeout: 10_000 }).catch(() => undefined);
    await this.picture("notifications");
  }

  /** Opens a file of the folder and waits until it is shown. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press("Control+P");
    await this.quickInput.fill(name);
    await this.page.locator(".quick-input-list .monaco-list-row").getByText(name).first().waitFor();
    await this.page.keyboard.press("Enter");
    await this.tab(name).waitFor();
    await this.page.locator(".monaco-editor .view-line").first().waitFor();
  }

  /** Puts the cursor on a line of the editor, from 1, and at a column, from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.page.keyboard.press("Control+G");
    await this.quickInput.fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.quickInput.waitFor({ state: "hidden" });
  }

  /** Runs a command from the palette. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press("F1");
    await this.quickInput.fill(`>${title}`);
    const row = this.page.locator(".quick-input-list .monaco-list-row").first();
    await row.getByText(title).first().waitFor();
    await this.page.keyboard.press("Enter");
  }

  /** The commands of the palette that begin like this, without what they begin with, sorted. */
  async palette(beginning: string): Promise<string[]> {
    await this.page.keyboard.press("F1");
    await this.quickInput.fill(`>${beginning}`);
    const titles = this.page.locator(".quick-input-list .monaco-list-row .label-name");
    await titles.getByText(beginning).first().waitFor();
    await this.page.waitForTimeout(1000); // until nothing that was found for less is left
    const all = await titles.allTextContents();
    await this.page.keyboard.press("Escape");
    await this.quickInput.waitFor({ state: "hidden" });
    return all
      .filter((title) => title.startsWith(beginning))
      .map((title) => title.slice(beginning.length))
      .sort();
  }

  /** Opens a walkthrough by its title. */
  async walkthrough(title: string): Promise<void> {
    await this.command("Welcome: Open Walkthrough");
    await this.page.locator(".quick-input-list .monaco-list-row").getByText(title).first().click();
  }

  /** Saves the file of the editor, and waits until it is as expected. */
  async save(file: string, expected: string): Promise<void> {
    await this.page.keyboard.press("Control+S");
    for (let tries = 0; tries < 100 && readFileSync(file, "utf8") !== expected; tries += 1) {
      await this.page.waitForTimeout(100);
    }
    assert.equal(readFileSync(file, "utf8"), expected);
  }

  /** Replaces the user's settings, in the editor of their file: it is not watched everywhere. */
  async changeSettings(settings: string): Promise<void> {
    await this.command("Preferences: Open User Settings (JSON)");
    const tab = this.tab("settings.json");
    await tab.waitFor();
    await this.page.locator(".editor-instance .view-line").getByText("repairlsp.path").waitFor();
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.insertText(settings);
    await this.page.keyboard.press("Control+S");
    await this.page.locator(".tab.dirty").waitFor({ state: "detached" });
    await tab.locator(".tab-actions .action-label").click();
    await tab.waitFor({ state: "detached" });
  }

  /** The titles in the light bulb's menu at the cursor, once there is a light bulb. */
  async lightBulb(): Promise<Locator> {
    await this.page
      .locator('.lightBulbWidget, [class*="codicon-gutter-lightbulb"]')
      .first()
      .waitFor();
    await this.page.keyboard.press("Control+.");
    const menu = this.page.locator(".action-widget:not(.action-list-submenu-panel)");
    await menu.waitFor();
    return menu.locator(".monaco-list-row");
  }

  tab(title: string | RegExp): Locator {
    return this.page.locator(".tabs-container .tab").filter({ hasText: title });
  }

  /** A button in the editor's title bar. */
  titleButton(title: string): Locator {
    return this.page.locator(`.editor-actions .action-label[aria-label^="${title}"]`);
  }

  /** The note beside a change under review. */
  get note(): Locator {
    return this.page.locator(".review-widget");
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator(".notification-toast").filter({ hasText: text });
  }

  /** The repaired side of the diff. */
  proposed(): Promise<string> {
    return this.textOf(".editor.modified");
  }

  /** Waits until the editor shows a text, which has to fit onto the screen. */
  async shows(text: string): Promise<void> {
    for (let tries = 0; tries < 50 && (await this.text()) !== text; tries += 1) {
      await this.page.waitForTimeout(200);
    }
    assert.equal(await this.text(), text);
  }

  private text(): Promise<string> {
    return this.textOf(".editor-instance");
  }

  private async textOf(editor: string): Promise<string> {
    const lines = await this.page.locator(`${editor} .view-line`).evaluateAll((elements) =>
      elements
        .map((element) => ({
          top: element.getBoundingClientRect().top,
          text: element.textContent,
        }))
        .sort((one, other) => one.top - other.top)
        .map(({ text }) => text.replaceAll("\u00a0", " ")),
    );
    return lines.join("\n");
  }

  /** The status item of the language, opened. */
  async languageStatus(): Promise<Locator> {
    await this.page.locator("#status\\.languageStatus").click();
    const hover = this.page.locator(".hover-language-status");
    await hover.waitFor();
    return hover;
  }

  private get quickInput(): Locator {
    return this.page.locator(".quick-input-widget input[type=text]");
  }
}
