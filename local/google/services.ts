/** The global names a script finds: what we emulate, and what we know only by name. */
import { CacheService } from './cache';
import { Charts } from './embedded-chart';
import type { Execution } from './execution';
import { HtmlService } from './html-service';
import { LockService } from './lock';
import { consoleFor, Logger } from './logging';
import { MailApp } from './mail-app';
import { type Makers, make } from './make';
import { PropertiesService } from './properties';
import { Range } from './range';
import { ScriptApp } from './script-app';
import { type ServiceObject, unsupportedService } from './service-object';
import { Session } from './session';
import { Sheet } from './sheet';
import { Selection, Spreadsheet } from './spreadsheet';
import { SpreadsheetApp } from './spreadsheet-app';
import { UrlFetchApp } from './url-fetch';
import { Utilities } from './utilities';

Object.assign(make, {
  range: (run, sheet, area) => new Range(run, sheet, area),
  sheet: (run, sheet) => new Sheet(run, sheet),
  spreadsheet: (run, workbook) => new Spreadsheet(run, workbook),
  selection: (run, workbook) => new Selection(run, workbook),
} satisfies Makers);

const supported: Record<string, (run: Execution) => ServiceObject> = {
  SpreadsheetApp: (run) => new SpreadsheetApp(run),
  UrlFetchApp: (run) => new UrlFetchApp(run),
  PropertiesService: (run) => new PropertiesService(run),
  CacheService: (run) => new CacheService(run),
  LockService: (run) => new LockService(run),
  Utilities: (run) => new Utilities(run),
  Session: (run) => new Session(run),
  ScriptApp: (run) => new ScriptApp(run),
  HtmlService: (run) => new HtmlService(run),
  Charts: (run) => new Charts(run),
  MailApp: (run) => new MailApp(run),
  Logger: (run) => new Logger(run),
};

const knownByName = [
  'Browser',
  'CalendarApp',
  'CardService',
  'ConferenceDataService',
  'ContactsApp',
  'ContentService',
  'DataStudioApp',
  'DocumentApp',
  'DriveApp',
  'FormApp',
  'GmailApp',
  'GroupsApp',
  'Jdbc',
  'LanguageApp',
  'LinearOptimizationService',
  'Maps',
  'OAuth1',
  'OAuth2',
  'SitesApp',
  'SlidesApp',
  'XmlService',
  'MimeType',
  // advanced services
  'AdminDirectory',
  'AdminReports',
  'BigQuery',
  'Calendar',
  'Classroom',
  'Docs',
  'Drive',
  'DriveActivity',
  'Gmail',
  'People',
  'Sheets',
  'Slides',
  'Tasks',
  'YouTube',
];

/** Puts the services on the execution's global object. */
export const installServices = (run: Execution): void => {
  const put = (name: string, value: unknown): void => {
    Object.defineProperty(run.global, name, { value, writable: true, configurable: true, enumerable: true });
  };
  for (const [name, make] of Object.entries(supported)) put(name, run.present(make(run)));
  for (const name of knownByName) put(name, unsupportedService(name, run));
  put('console', consoleFor(run));
};
