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

/** Opens the sidebar from the HTML file of this name. */
export const showSidebar = (file: string, title: string): void =>
  SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutputFromFile(file).setTitle(title));
