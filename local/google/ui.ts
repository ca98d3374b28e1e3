/** `Ui`, its menus and prompts, as the script sees them. Source: facts sections 4 and 10. */
import type { Family } from './authorization';
import { Button, ButtonSet, EnumValue } from './enums';
import { ScriptFault } from './errors';
import type { Execution } from './execution';
import type { HtmlOutput } from './html-service';
import { members } from './members';
import { ServiceObject } from './service-object';
import type { DialogKind, MenuItem, ShownDialog, ShownPage } from './ui-desk';

const uiMembers = members('Ui', {
  ui: {
    createMenu: 'str',
    createAddonMenu: '',
    alert: 'str | str,ButtonSet | str,str,ButtonSet',
    prompt: 'str | str,ButtonSet | str,str,ButtonSet',
    showSidebar: 'HtmlOutput',
    showModalDialog: 'HtmlOutput,str',
    showModelessDialog: 'HtmlOutput,str',
  },
});

export class Ui extends ServiceObject {
  readonly serviceName = 'Ui';
  readonly members = uiMembers;
  override family(member: string): Family {
    return member === 'createMenu' || member === 'createAddonMenu' ? 'menu' : 'dialogs';
  }
  override get constants(): Readonly<Record<string, unknown>> {
    return { Button, ButtonSet };
  }
  createMenu(caption: string): Menu {
    return new Menu(this.run, caption, false);
  }
  createAddonMenu(): Menu {
    return new Menu(this.run, '', true);
  }
  alert(...args: (string | EnumValue)[]): EnumValue {
    return buttonNamed(this.#ask('alert', args).button);
  }
  prompt(...args: (string | EnumValue)[]): PromptResponse {
    const { button, text } = this.#ask('prompt', args);
    return new PromptResponse(this.run, buttonNamed(button), text);
  }
  showSidebar(page: HtmlOutput): void {
    this.#show('sidebar', page, page.title);
  }
  showModalDialog(page: HtmlOutput, title: string): void {
    this.#show('modal', page, title);
  }
  showModelessDialog(page: HtmlOutput, title: string): void {
    this.#show('modeless', page, title);
  }
  /** Dialogs suspend the script, send what is pending, and drop its locks while they are open. */
  #ask(kind: DialogKind, args: (string | EnumValue)[]): { button: string; text: string } {
    const set = args.at(-1) instanceof EnumValue ? String(args.at(-1)) : kind === 'prompt' ? 'OK_CANCEL' : 'OK';
    const words = args.filter((arg) => typeof arg === 'string');
    this.run.pending.flush();
    const held = [...this.run.world.locks].filter(([, holder]) => holder === this.run).map(([name]) => name);
    this.run.world.releaseLocks(this.run);
    const { options, world } = this.run;
    const answer = world.ui.ask({
      kind,
      title: words.length > 1 ? (words[0] ?? '') : '',
      text: words.at(-1) ?? '',
      buttons: set as ShownDialog['buttons'], // ButtonSet has these names only
      user: options.user,
    });
    if (held.length > 0) this.run.log('WARNING', `locks lost during a dialog: ${held.join(', ')}`);
    return answer;
  }
  #show(kind: ShownPage['kind'], page: HtmlOutput, title: string): void {
    this.run.world.ui.pages.push({
      kind,
      title,
      html: page.content,
      width: page.width,
      height: page.height,
      user: this.run.user,
      workbookId: this.run.options.workbook?.id ?? null,
    });
  }
}

const buttonNamed = (name: string): EnumValue => Button[name as keyof typeof Button]; // answers are button names

const menuMembers = members('Menu', {
  ui: { addItem: 'str,str', addSeparator: '', addSubMenu: 'Menu', addToUi: '' },
});

export class Menu extends ServiceObject {
  readonly serviceName = 'Menu';
  readonly members = menuMembers;
  readonly caption: string;
  readonly items: MenuItem[] = [];
  readonly #addOn: boolean;
  constructor(run: Execution, caption: string, addOn: boolean) {
    super(run);
    this.caption = caption;
    this.#addOn = addOn;
  }
  override family(): Family {
    return 'menu';
  }
  addItem(caption: string, functionName: string): this {
    this.items.push({ kind: 'item', caption, functionName });
    return this;
  }
  addSeparator(): this {
    this.items.push({ kind: 'separator' });
    return this;
  }
  addSubMenu(menu: Menu): this {
    if (menu.#addOn) throw new ScriptFault('Add-on menus cannot be used as sub-menus.');
    this.items.push({ kind: 'menu', caption: menu.caption, items: menu.items });
    return this;
  }
  addToUi(): void {
    this.run.world.ui.addMenu({
      caption: this.caption,
      addOn: this.#addOn,
      items: [...this.items],
      workbookId: this.run.options.workbook?.id ?? null,
    });
  }
}

const promptMembers = members('PromptResponse', { pure: { getResponseText: '', getSelectedButton: '' } });

class PromptResponse extends ServiceObject {
  readonly serviceName = 'PromptResponse';
  readonly members = promptMembers;
  readonly #button: EnumValue;
  readonly #text: string;
  constructor(run: Execution, button: EnumValue, text: string) {
    super(run);
    this.#button = button;
    this.#text = text;
  }
  getResponseText(): string {
    return this.#text;
  }
  getSelectedButton(): EnumValue {
    return this.#button;
  }
}
