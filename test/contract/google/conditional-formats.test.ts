/** Conditional formats: what a rule may say, what it shows, and where it goes with lines, sorts and copies. */
import { trial } from './trial';

const rule = (formula: string, range = 'B2:C4') =>
  `SpreadsheetApp.newConditionalFormatRule().whenFormulaSatisfied(${JSON.stringify(formula)}).setBackground('#fff2cc').setRanges([sheet.getRange('${range}')]).build()`;

const opened = () => {
  const stage = trial();
  stage.act(
    `sheet.getRange('A1:D4').setValues([['Id', 'Stage', 'Amount', 'Status'], [1, 'Won', 10, 'Stage'], [2, 'Lost', 20, 'Amount'], [3, 'New', 30, '']]);`,
  );
  const set = (formula: string, range?: string) =>
    stage.act(`sheet.setConditionalFormatRules([${rule(formula, range)}]);`);
  const painted = () => {
    const person = stage.google.person(stage.file);
    const cells: string[] = [];
    for (let row = 1; row <= 8; row++) {
      for (const letter of 'ABCDEFGH') {
        if (person.looks('Sheet1', `${letter}${row}`).background === '#fff2cc') cells.push(`${letter}${row}`);
      }
    }
    return cells.join(' ');
  };
  const rules = () =>
    stage.act(
      `return sheet.getConditionalFormatRules().map((one) => one.getBooleanCondition().getCriteriaValues()[0] + ' on ' + one.getRanges().map((range) => range.getA1Notation()))`,
    );
  return { ...stage, set, painted, rules };
};

describe('what a rule may say', () => {
  test.each([
    ['no formula at all', 'Stage'],
    ['one that ends too early', '=FIND("a"'],
    ['another sheet', '=Other!A1="x"'],
  ])('%s is refused, and the rules stay as they were', (_what, formula) => {
    const { set, rules } = opened();
    set('=$D2=B$1');
    expect(() => set(formula)).toThrow();
    expect(rules()).toEqual(['=$D2=B$1 on B2:C4']);
  });

  test('no range, no condition', () => {
    const { act } = opened();
    expect(() => act(`SpreadsheetApp.newConditionalFormatRule().whenCellEmpty().build()`)).toThrow(
      /at least one range/,
    );
    expect(() => act(`SpreadsheetApp.newConditionalFormatRule().setRanges([sheet.getRange('A1')]).build()`)).toThrow(
      /must have a condition/,
    );
  });

  test('a rule belongs to the sheet of its ranges', () => {
    const { act } = opened();
    expect(() =>
      act(
        `const other = SpreadsheetApp.getActive().insertSheet('Other'); other.setConditionalFormatRules([${rule('=TRUE')}]);`,
      ),
    ).toThrow(/same sheet/);
  });

  test.each(['setGradientMaxpoint', 'setBackgroundObject', 'whenDateBefore'])(
    '%s is not there, and says so',
    (member) => {
      const { act } = opened();
      expect(() => act(`SpreadsheetApp.newConditionalFormatRule().${member}('x')`)).toThrow(
        new RegExp(`ConditionalFormatRuleBuilder\\.${member}`),
      );
    },
  );
});

describe('what a rule shows', () => {
  test('a custom formula is seen from each cell of its range', () => {
    const { set, painted, act } = opened();
    set('=$D2=B$1');
    expect(painted()).toBe('B2 C3');
    expect(act(`return sheet.getRange('B2').getBackground()`)).toBe('#ffffff');
    act(`sheet.getRange('D4').setValue('Stage')`);
    expect(painted()).toBe('B2 C3 B4');
  });

  test('arguments may stand between semicolons, texts may hold anything', () => {
    const { set, painted, act } = opened();
    act(`sheet.getRange('D2').setValue('Open edits: “Amount”, “Stage”.')`);
    set('=ISNUMBER(FIND("“"&B$1&"”";MID($D2;FIND("Open edits: ";$D2);50000)))');
    expect(painted()).toBe('B2 C2');
  });

  test('the first rule that holds decides', () => {
    const { act, painted } = opened();
    act(
      `sheet.setConditionalFormatRules([SpreadsheetApp.newConditionalFormatRule().whenTextEqualTo('Won').setBackground('#ff0000').setRanges([sheet.getRange('B2:B4')]).build(), ${rule('=TRUE', 'B2:B4')}]);`,
    );
    expect(painted()).toBe('B3 B4');
  });

  test('a formula that looks at ranges or asks where it stands paints nothing here', () => {
    const { set, painted } = opened();
    set('=COUNTIF($D$2:$D$4,B$1)>0');
    expect(painted()).toBe('');
    set('=ROW()=2');
    expect(painted()).toBe('');
  });
});

describe('where a rule goes', () => {
  test('lines inserted before it and in it', () => {
    const { set, painted, rules, act } = opened();
    set('=$D2=B$1');
    act(`sheet.insertRowBefore(1); sheet.insertColumnBefore(1); sheet.insertColumnAfter(3); sheet.insertRowAfter(3);`);
    expect(rules()).toEqual(['=$F3=C$2 on C3:E6']);
    // Where both are blank, they are alike.
    expect(painted()).toBe('C3 D4 E5 D6');
  });

  test('lines deleted from it: what is left shows what it showed', () => {
    const { set, painted, rules, act } = opened();
    set('=$D2=B$1');
    act(`sheet.deleteRow(2); sheet.deleteColumn(2);`);
    expect(rules()).toEqual(['=$C2=B$1 on B2:B3']);
    expect(painted()).toBe('B2');
    act(`sheet.deleteColumn(2)`);
    expect(rules()).toEqual([]);
  });

  test('a column that is dragged away and back', () => {
    const { set, painted, google, file, rules } = opened();
    set('=$D2=B$1');
    const person = google.person(file);
    person.moveColumns('Sheet1', 4, 1, 1);
    expect(rules()).toEqual(['=$A2=C$1 on C2:D4']);
    expect(painted()).toBe('C2 D3');
    person.moveColumns('Sheet1', 1, 1, 5);
    expect(rules()).toEqual(['=$D2=B$1 on B2:C4']);
  });

  test('a sort leaves it where it is and shows what came there', () => {
    const { set, painted, google, file, rules } = opened();
    set('=$D2=B$1');
    google.person(file).sort('Sheet1', 'A2:D4', { column: 1, ascending: false });
    expect(rules()).toEqual(['=$D2=B$1 on B2:C4']);
    expect(painted()).toBe('C3 B4');
  });

  test('a copied tab has a copy of its own; undo takes an edit of lines back with it', () => {
    const { set, rules, google, file, act } = opened();
    set('=$D2=B$1');
    const person = google.person(file);
    person.duplicateSheet('Sheet1', 'Copy');
    act(`SpreadsheetApp.getActive().getSheetByName('Copy').clearConditionalFormatRules()`);
    person.insertColumns('Sheet1', 1);
    expect(rules()).toEqual(['=$E2=C$1 on C2:D4']);
    person.undo();
    expect(rules()).toEqual(['=$D2=B$1 on B2:C4']);
  });

  test('rules that were not flushed are lost with a run that dies', () => {
    const { act, rules, google } = opened();
    expect(() => act(`sheet.setConditionalFormatRules([${rule('=TRUE')}]); throw new Error('dies');`)).toThrow();
    expect(rules()).toHaveLength(1);
    const stop = google.onServiceCall(({ member }) => (member === 'getActive' ? 'kill-before' : undefined));
    expect(() => act(`sheet.setConditionalFormatRules([]); SpreadsheetApp.getActive();`)).toThrow();
    stop();
    expect(rules()).toHaveLength(1);
  });
});
