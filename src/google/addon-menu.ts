/** The add-on's menu and its sidebar. The menu is built from nothing: it reads no property, no document and no authorisation. */

export interface MenuItem {
  readonly caption: string;
  /** Name of a global function. */
  readonly command: string;
}

export const buildAddonMenu = (groups: readonly (readonly MenuItem[])[]): void => {
  const menu = SpreadsheetApp.getUi().createAddonMenu();
  groups.forEach((items, index) => {
    if (index > 0) menu.addSeparator();
    for (const { caption, command } of items) menu.addItem(caption, command);
  });
  menu.addToUi();
};

/** Size of dialogs in pixels: wide enough to read a preview. */
const DIALOG = { width: 900, height: 600 };

/** The one HTML file, told by its body which view it is. */
const page = (view: string, importId: string): GoogleAppsScript.HTML.HtmlOutput => {
  const content = HtmlService.createHtmlOutputFromFile('sidebar').getContent();
  const wordsOnly = (text: string) => text.replace(/[^\w-]/g, '');
  return HtmlService.createHtmlOutput(
    content.replace('<body>', `<body data-view="${wordsOnly(view)}" data-import="${wordsOnly(importId)}">`),
  );
};

export const showSidebar = (title: string): void =>
  SpreadsheetApp.getUi().showSidebar(page('sidebar', '').setTitle(title));

export const showDialog = (view: string, importId: string, title: string): void =>
  SpreadsheetApp.getUi().showModalDialog(page(view, importId).setWidth(DIALOG.width).setHeight(DIALOG.height), title);

/**
 * Refuses to go on where no person is at the screen. Every global function can also be called from a cell, as a custom function,
 * where it would run with the key of the file's owner. @throws the platform's own error
 */
export const requirePerson = (): void => void SpreadsheetApp.getUi();
