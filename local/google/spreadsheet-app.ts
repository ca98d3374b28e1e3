/** `SpreadsheetApp`: the way from a script to its file. */
import type { Family } from './authorization';
import { ConditionalFormatRuleBuilder } from './conditional-format';
import { DataValidationBuilder } from './data-validation';
import * as enums from './enums';
import { ScriptFault, texts } from './errors';
import { FilterCriteriaBuilder } from './filter';
import { members } from './members';
import type { Range } from './range';
import type { RangeList } from './range-list';
import { ServiceObject } from './service-object';
import type { Sheet } from './sheet';
import { type Selection, Spreadsheet } from './spreadsheet';
import { Ui } from './ui';

const appMembers = members('SpreadsheetApp', {
  navigate: {
    getActive: '',
    getActiveSpreadsheet: '',
    getActiveSheet: '',
    getActiveRange: '',
    getActiveRangeList: '',
    getCurrentCell: '',
    getSelection: '',
    getUi: '',
    openById: 'str',
    openByUrl: 'str',
  },
  flush: { flush: '' },
  structure: { setActiveSheet: 'Sheet | Sheet,bool', setActiveRange: 'Range', setCurrentCell: 'Range' },
  pure: { newDataValidation: '', newConditionalFormatRule: '', newFilterCriteria: '' },
});

const CONSTANTS = {
  DeveloperMetadataVisibility: enums.DeveloperMetadataVisibility,
  DeveloperMetadataLocationType: enums.DeveloperMetadataLocationType,
  ProtectionType: enums.ProtectionType,
  DataValidationCriteria: enums.DataValidationCriteria,
  BooleanCriteria: enums.BooleanCriteria,
  CopyPasteType: enums.CopyPasteType,
  WrapStrategy: enums.WrapStrategy,
  Dimension: enums.Dimension,
  SheetType: enums.SheetType,
  AutoFillSeries: enums.AutoFillSeries,
  BorderStyle: enums.BorderStyle,
};

export class SpreadsheetApp extends ServiceObject {
  readonly serviceName = 'SpreadsheetApp';
  readonly members = appMembers;
  override family(member: string): Family {
    if (member === 'getUi') return 'menu';
    if (member === 'openById' || member === 'openByUrl') return 'all-documents';
    return 'document';
  }
  override get constants(): Readonly<Record<string, unknown>> {
    return CONSTANTS;
  }
  getActive(): Spreadsheet | null {
    return this.getActiveSpreadsheet();
  }
  getActiveSpreadsheet(): Spreadsheet | null {
    const { activeWorkbook } = this.run;
    return activeWorkbook && new Spreadsheet(this.run, activeWorkbook);
  }
  getActiveSheet(): Sheet | null {
    return this.getActiveSpreadsheet()?.getActiveSheet() ?? null;
  }
  getActiveRange(): Range | null {
    return this.getActiveSpreadsheet()?.getActiveRange() ?? null;
  }
  getActiveRangeList(): RangeList | null {
    return this.getActiveSpreadsheet()?.getActiveRangeList() ?? null;
  }
  getCurrentCell(): Range | null {
    return this.getActiveSpreadsheet()?.getCurrentCell() ?? null;
  }
  getSelection(): Selection | null {
    return this.getActiveSpreadsheet()?.getSelection() ?? null;
  }
  setActiveSheet(sheet: Sheet): Sheet {
    return sheet.activate();
  }
  setActiveRange(range: Range): Range {
    return range.activate();
  }
  setCurrentCell(cell: Range): Range {
    return cell.activate();
  }
  getUi(): Ui {
    if (this.run.options.kind === 'clock' || this.run.options.kind === 'custom-function')
      throw new ScriptFault(texts.noUi);
    return new Ui(this.run);
  }
  openById(id: string): Spreadsheet {
    const workbook = this.run.world.workbooks.get(id);
    const { user } = this.run;
    if (!workbook || (workbook.owner !== user && !workbook.editors.has(user))) {
      throw new ScriptFault(`Unexpected error while getting the method or property openById on object SpreadsheetApp.`);
    }
    return new Spreadsheet(this.run, workbook);
  }
  openByUrl(url: string): Spreadsheet {
    const id = /\/d\/([\w-]+)/.exec(url)?.[1];
    if (!id) throw new ScriptFault(`Invalid argument: url`);
    return this.openById(id);
  }
  flush(): void {
    this.run.pending.flush();
  }
  newDataValidation(): DataValidationBuilder {
    return new DataValidationBuilder(this.run);
  }
  newConditionalFormatRule(): ConditionalFormatRuleBuilder {
    return new ConditionalFormatRuleBuilder(this.run);
  }
  newFilterCriteria(): FilterCriteriaBuilder {
    return new FilterCriteriaBuilder(this.run);
  }
}
