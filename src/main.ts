/**
 * The entry points of the add-on, and the only list of its global functions. Each line delegates and decides nothing. The build
 * reads these assignments as text and writes a top-level function for each: Apps Script finds entry points by scanning the text.
 */
import { openDesk, serveTrigger, watchEdit } from './compose';
import { activeUser } from './google/active-user';
import { buildAddonMenu, showDialog, showSidebar } from './google/addon-menu';
import type { EditEvent } from './google/edit-notes';
import { connect, disconnect } from './menu/connect';
import { importInteractionsCommand, importNotesCommand, importRemindersCommand } from './menu/import-activity';
import { importListCommand } from './menu/import-list';
import {
  importWithActivityCommand,
  redrawChartsCommand,
  showFieldsCommand,
  showFilesCommand,
  showHistoryCommand,
  showOpportunitiesCommand,
  showOrganizationsCommand,
  showPersonsCommand,
  showStrengthsCommand,
  showWebhooksCommand,
} from './menu/import-more';
import { importSettingsCommand } from './menu/import-settings';
import {
  addRecordCommand,
  createFieldCommand,
  createListCommand,
  identityCommand,
  readFileCommand,
  subscribeCommand,
  uploadFileCommand,
} from './menu/manage-affinity';
import { previewChangesCommand } from './menu/preview-changes';
import { pushChangesCommand } from './menu/push-changes';
import { refreshImportCommand } from './menu/refresh-import';
import { removeRowsCommand } from './menu/remove-rows';
import { showSentCommand } from './menu/show-sent';
import { tidyRowsCommand } from './menu/tidy-rows';
import { undoPushCommand } from './menu/undo-push';
import {
  completeRemindersCommand,
  logInteractionCommand,
  makeReminderCommand,
  replyToNoteCommand,
  writeNoteCommand,
} from './menu/write-activity';
import { createSidebarServer } from './sidebar/server';

declare const global: Record<string, (...args: never[]) => unknown>;

const MENU = [
  [
    { caption: 'Open sidebar', command: 'openSidebar' },
    { caption: 'Import a list', command: 'importList' },
    { caption: 'Refresh from Affinity', command: 'refreshImport' },
  ],
  [
    { caption: 'Preview my edits', command: 'previewChanges' },
    { caption: 'Push my edits', command: 'pushChanges' },
    { caption: 'Undo my last push', command: 'undoPush' },
    { caption: 'Show what was sent', command: 'showSent' },
  ],
  [
    {
      caption: 'Activity',
      items: [
        { caption: 'Show notes', command: 'importNotes' },
        { caption: 'Show reminders', command: 'importReminders' },
        { caption: 'Show interactions', command: 'importInteractions' },
        { caption: 'Import a list with activity', command: 'importWithActivity' },
        { caption: 'Write a note', command: 'writeNote' },
        { caption: 'Reply to the selected note', command: 'replyToNote' },
        { caption: 'Make a reminder', command: 'makeReminder' },
        { caption: 'Complete the selected reminders', command: 'completeReminders' },
        { caption: 'Log an interaction', command: 'logInteraction' },
      ],
    },
    {
      caption: 'More from Affinity',
      items: [
        { caption: 'Show people', command: 'showPersons' },
        { caption: 'Show organizations', command: 'showOrganizations' },
        { caption: 'Show opportunities', command: 'showOpportunities' },
        { caption: 'Add a record', command: 'addRecord' },
        { caption: 'Show field history', command: 'showHistory' },
        { caption: 'Draw the charts again', command: 'redrawCharts' },
        { caption: 'Show relationship strengths', command: 'showStrengths' },
        { caption: 'Show files', command: 'showFiles' },
        { caption: 'Upload a file', command: 'uploadFile' },
        { caption: 'Read the selected file', command: 'readFile' },
        { caption: 'Show webhooks', command: 'showWebhooks' },
        { caption: 'Subscribe a webhook', command: 'subscribeWebhook' },
        { caption: 'Show lists and fields', command: 'showFields' },
        { caption: 'Create a list in Affinity', command: 'createList' },
        { caption: 'Create a field from the selected column', command: 'createField' },
        { caption: 'Who am I, and what is left', command: 'showIdentity' },
      ],
    },
    { caption: 'Delete the selected rows in Affinity', command: 'removeRows' },
    { caption: 'Tidy rows that are gone', command: 'tidyRows' },
    { caption: 'Settings of this import', command: 'importSettings' },
  ],
  [
    { caption: 'Connect to Affinity', command: 'connectToAffinity' },
    { caption: 'Disconnect from Affinity', command: 'disconnectFromAffinity' },
  ],
];

const TITLE = 'List Sync for Affinity';

global.onOpen = () => buildAddonMenu(MENU);
global.onInstall = () => buildAddonMenu(MENU);
global.onEdit = (event: EditEvent) => watchEdit(event);

global.openSidebar = () => showSidebar(TITLE);
global.importList = () => importListCommand(openDesk());
global.refreshImport = () => refreshImportCommand(openDesk());
global.previewChanges = () => previewChangesCommand(openDesk());
global.pushChanges = () => pushChangesCommand(openDesk());
global.undoPush = () => undoPushCommand(openDesk());
global.showSent = () => showSentCommand(openDesk());
global.importNotes = () => importNotesCommand(openDesk());
global.importWithActivity = () => importWithActivityCommand(openDesk());
global.writeNote = () => writeNoteCommand(openDesk());
global.replyToNote = () => replyToNoteCommand(openDesk());
global.makeReminder = () => makeReminderCommand(openDesk());
global.completeReminders = () => completeRemindersCommand(openDesk());
global.logInteraction = () => logInteractionCommand(openDesk());
global.showPersons = () => showPersonsCommand(openDesk());
global.showOrganizations = () => showOrganizationsCommand(openDesk());
global.showOpportunities = () => showOpportunitiesCommand(openDesk());
global.addRecord = () => addRecordCommand(openDesk());
global.showHistory = () => showHistoryCommand(openDesk());
global.redrawCharts = () => redrawChartsCommand(openDesk());
global.showStrengths = () => showStrengthsCommand(openDesk());
global.showFiles = () => showFilesCommand(openDesk());
global.uploadFile = () => uploadFileCommand(openDesk());
global.readFile = () => readFileCommand(openDesk());
global.showWebhooks = () => showWebhooksCommand(openDesk());
global.subscribeWebhook = () => subscribeCommand(openDesk());
global.showFields = () => showFieldsCommand(openDesk());
global.createList = () => createListCommand(openDesk());
global.createField = () => createFieldCommand(openDesk());
global.showIdentity = () => identityCommand(openDesk());
global.removeRows = () => removeRowsCommand(openDesk());
global.tidyRows = () => tidyRowsCommand(openDesk());
global.importSettings = () => importSettingsCommand(openDesk());
global.importReminders = () => importRemindersCommand(openDesk());
global.importInteractions = () => importInteractionsCommand(openDesk());
global.connectToAffinity = () => connect(openDesk());
global.disconnectFromAffinity = () => disconnect(openDesk());

global.runSchedules = (event: unknown) => serveTrigger(event);
global.rpc = (request: string) =>
  createSidebarServer(openDesk(), { openDialog: showDialog, account: activeUser })(request);
