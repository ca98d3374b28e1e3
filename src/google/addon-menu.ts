/** The add-on's menu and its sidebar. The menu is built from nothing: it reads no property, no document and no authorisation. */

import { activeUser } from './active-user';

export interface MenuItem {
  readonly caption: string;
  /** Name of a global function. */
  readonly command: string;
}

/** Items behind one of their own. */
export interface Submenu {
  readonly caption: string;
  readonly items: readonly MenuItem[];
}

export const buildAddonMenu = (groups: readonly (readonly (MenuItem | Submenu)[])[]): void => {
  const ui = SpreadsheetApp.getUi();
  const menu = ui.createAddonMenu();
  groups.forEach((items, index) => {
    if (index > 0) menu.addSeparator();
    for (const item of items) {
      if (!('items' in item)) menu.addItem(item.caption, item.command);
      else {
        const submenu = ui.createMenu(item.caption);
        for (const { caption, command } of item.items) submenu.addItem(caption, command);
        menu.addSubMenu(submenu);
      }
    }
  });
  menu.addToUi();
};

/** Size of dialogs in pixels: wide enough to read a review. */
const DIALOG = { width: 900, height: 600 };

const attribute = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A page of the add-on from the HTML file of its name, told by its body what it is about and for whom it was opened. */
const page = (name: string, importId: string): GoogleAppsScript.HTML.HtmlOutput => {
  const content = HtmlService.createHtmlOutputFromFile(name).getContent();
  const body = `<body data-import="${attribute(importId)}" data-account="${attribute(activeUser())}">`;
  return HtmlService.createHtmlOutput(content.replace('<body>', () => body));
};

export const showSidebar = (title: string): void =>
  SpreadsheetApp.getUi().showSidebar(page('sidebar', '').setTitle(title));

/** @param name of the page's HTML file */
export const showDialog = (name: string, importId: string, title: string): void =>
  SpreadsheetApp.getUi().showModalDialog(page(name, importId).setWidth(DIALOG.width).setHeight(DIALOG.height), title);

/**
 * Refuses to go on where no person is at the screen. Every global function can also be called from a cell, as a custom function,
 * where it would run with the key of the file's owner. @throws the platform's own error
 */
export const requirePerson = (): void => void SpreadsheetApp.getUi();
