/**
 * The user's side of dialogs: answers prepared by a test, and a record of everything that was shown. An alert nobody
 * prepared an answer for stops the test and says what it would have asked.
 */

export type DialogKind = 'alert' | 'prompt';
export type ShownDialog = {
  readonly kind: DialogKind;
  readonly title: string;
  readonly text: string;
  readonly buttons: 'OK' | 'OK_CANCEL' | 'YES_NO' | 'YES_NO_CANCEL';
  readonly user: string;
};
export type DialogAnswer = 'OK' | 'CANCEL' | 'YES' | 'NO' | 'CLOSE';
/** A button, a button with a typed text, or a function that looks at the dialog (and may act as a person meanwhile). */
export type ScriptedAnswer =
  | DialogAnswer
  | { readonly button: DialogAnswer; readonly text?: string }
  | ((dialog: ShownDialog) => DialogAnswer | { readonly button: DialogAnswer; readonly text?: string });

export type ShownPage = {
  readonly kind: 'sidebar' | 'modal' | 'modeless';
  readonly title: string;
  readonly html: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly user: string;
  readonly workbookId: string | null;
};
export type Toast = {
  readonly text: string;
  readonly title: string;
  readonly seconds: number | null;
  readonly workbookId: string;
};

export type MenuItem =
  | { readonly kind: 'item'; readonly caption: string; readonly functionName: string }
  | { readonly kind: 'separator' }
  | { readonly kind: 'menu'; readonly caption: string; readonly items: readonly MenuItem[] };
export type MenuTree = {
  readonly caption: string;
  readonly addOn: boolean;
  readonly items: readonly MenuItem[];
  readonly workbookId: string | null;
};

const legalButtons: Record<ShownDialog['buttons'], readonly DialogAnswer[]> = {
  OK: ['OK', 'CLOSE'],
  OK_CANCEL: ['OK', 'CANCEL', 'CLOSE'],
  YES_NO: ['YES', 'NO', 'CLOSE'],
  YES_NO_CANCEL: ['YES', 'NO', 'CANCEL', 'CLOSE'],
};

export class UiDesk {
  readonly dialogs: (ShownDialog & { readonly answer: DialogAnswer })[] = [];
  readonly toasts: Toast[] = [];
  /** Every sidebar and dialog page ever shown, newest last. */
  readonly pages: ShownPage[] = [];
  menus: MenuTree[] = [];
  #answers: ScriptedAnswer[] = [];

  get alerts(): readonly ShownDialog[] {
    return this.dialogs.filter((dialog) => dialog.kind === 'alert');
  }
  get prompts(): readonly ShownDialog[] {
    return this.dialogs.filter((dialog) => dialog.kind === 'prompt');
  }
  /** The open sidebar: the last one shown wins. */
  get sidebar(): ShownPage | undefined {
    return this.pages.findLast((page) => page.kind === 'sidebar');
  }

  /** Prepares answers for the dialogs to come, in order. */
  answer(...answers: ScriptedAnswer[]): void {
    this.#answers.push(...answers);
  }
  get unusedAnswers(): number {
    return this.#answers.length;
  }
  clear(): void {
    this.#answers = [];
    this.dialogs.length = this.toasts.length = this.pages.length = 0;
  }

  /** @throws a host error when no answer was prepared, or a prepared one is no button of this dialog. */
  ask(dialog: ShownDialog): { button: DialogAnswer; text: string } {
    const next = this.#answers.shift();
    const shown = `${dialog.kind} [${dialog.title}] "${dialog.text}" (${dialog.buttons})`;
    if (next === undefined) throw new Error(`Nobody answers this ${shown}. Prepare one with google.ui.answer(…).`);
    const given = typeof next === 'function' ? next(dialog) : next;
    const { button, text = '' } = typeof given === 'string' ? { button: given } : given;
    if (!legalButtons[dialog.buttons].includes(button)) throw new Error(`${button} is no button of ${shown}`);
    this.dialogs.push({ ...dialog, answer: button });
    return { button, text };
  }

  /** A menu name is unique per file: the newer one replaces the older. */
  addMenu(menu: MenuTree): void {
    this.menus = this.menus.filter((other) => other.caption !== menu.caption || other.workbookId !== menu.workbookId);
    this.menus.push(menu);
  }

  /** Function behind a path of captions such as `Refresh` or `Activity/Notes`, with or without the menu's name. */
  functionAt(path: string, workbookId: string | null): string {
    const wanted = path.split('/').map((part) => part.trim());
    for (const menu of this.menus.filter((one) => one.workbookId === workbookId)) {
      const found =
        findItem(menu.items, wanted) ??
        (menu.caption === wanted[0] ? findItem(menu.items, wanted.slice(1)) : undefined);
      if (found) return found;
    }
    const known = this.menus.flatMap((menu) => captions(menu.items, ''));
    throw new Error(`No menu item "${path}". There are: ${known.join(', ') || 'none (was onOpen run?)'}`);
  }
}

const findItem = (items: readonly MenuItem[], path: readonly string[]): string | undefined => {
  const [head, ...rest] = path;
  for (const item of items) {
    if (item.kind === 'item' && item.caption === head && rest.length === 0) return item.functionName;
    if (item.kind === 'menu' && item.caption === head) {
      const found = findItem(item.items, rest);
      if (found) return found;
    }
  }
  return undefined;
};

const captions = (items: readonly MenuItem[], prefix: string): string[] =>
  items.flatMap((item) => {
    if (item.kind === 'separator') return [];
    return item.kind === 'item' ? [prefix + item.caption] : captions(item.items, `${prefix}${item.caption}/`);
  });
