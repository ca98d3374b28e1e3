/**
 * Wires the adapters into what commands work with. Nothing here runs while the script loads: in the first `onOpen` there is no
 * authorisation at all, and any service call outside a function would take the menu away.
 */
import { createClient } from './api/client';
import { integer, object } from './api/codec';
import { affinity } from './api/table';
import { activeUser } from './google/active-user';
import { activeSpreadsheet, createActiveWorkbook, isFileGiven } from './google/active-workbook';
import { requirePerson } from './google/addon-menu';
import { type ApiKey, apiKeyOf, forgetApiKey, keepApiKey, readApiKey } from './google/api-key';
import { createCancelCache } from './google/cancel-cache';
import { createClockTimer, noteSight, readFiring } from './google/clock-timer';
import { createDocumentMutex } from './google/document-mutex';
import { type EditEvent, fileProperties, importsWithNotes } from './google/edit-notes';
import { isGranted, SCOPES } from './google/granted-scopes';
import { openMinuteMemory } from './google/minute-memory';
import { createProgressCache } from './google/progress-cache';
import { createFileStore, createPersonalStore } from './google/properties-store';
import { createScriptClock } from './google/script-clock';
import { createScriptLog } from './google/script-log';
import { createScriptMail } from './google/script-mail';
import { createScriptUi } from './google/script-ui';
import { createSliceMemory } from './google/slice-memory';
import { createTriggerTime } from './google/trigger-time';
import { createUrlFetchTransport } from './google/url-fetch-transport';
import { RUN_BUDGET_MS } from './sync/limits';
import type { Log, Person, PersonalStore } from './sync/ports';
import { type Desk, NotConnected, type Settings, type Unattended } from './sync/runs/desk';
import { beatingClock, type Heartbeat, recentlyHeld } from './sync/runs/lease';
import { mailFileUnknown } from './sync/runs/mail-trouble';
import { createNameBook } from './sync/runs/resolve-names';
import type { Run } from './sync/runs/run';
import { fireSchedules } from './sync/runs/schedule-run';

const runId = (now: number): string => `run-${now.toString(36)}`;

const openClient = (key: ApiKey, id: string, log: Log, deadline: number) => {
  let call = 0;
  let wasKeyRefused = false;
  const heartbeat: Heartbeat = { beat: () => {} };
  const transport = createUrlFetchTransport();
  const clock = beatingClock(createScriptClock(), heartbeat);
  const memory = openMinuteMemory(() => clock.now());
  const client = createClient(affinity, {
    transport: {
      sendAll(requests) {
        heartbeat.beat();
        const answers = transport.sendAll(requests);
        memory.note(answers);
        return answers;
      },
    },
    clock,
    sentBefore: memory.sent,
    limitsSoFar: memory.limits,
    random: Math.random,
    credentials: key,
    deadline,
    monthlyFloor: readSettings().monthlyFloor,
    onCall(report) {
      call += 1;
      wasKeyRefused ||= report.code === 'api/bad-key';
      // A line for each good call would drown the log of a long run.
      if (report.code !== 'good') log.write({ run: `${id}/${call}`, ...report });
    },
  });
  return { client, heartbeat, callsMade: () => call, wasKeyRefused: () => wasKeyRefused };
};

const PERSON_KEY = 'personKey';
const SETTINGS = 'settings';
const settingsFormat = object({ monthlyFloor: integer });

/** What the person set; what can't be read counts as never set. */
const readSettings = (): Settings => {
  const stored = createPersonalStore().get(SETTINGS);
  try {
    return stored === null ? { monthlyFloor: 0 } : settingsFormat.decode(JSON.parse(stored), 'settings');
  } catch {
    return { monthlyFloor: 0 };
  }
};

const openRun = (budgetMs = RUN_BUDGET_MS): Run => {
  const clock = createScriptClock();
  const key = readApiKey(createPersonalStore());
  if (key === null) throw new NotConnected();
  const id = runId(clock.now());
  const log = createScriptLog(() => key.secrets);
  const deadline = clock.now() + budgetMs;
  const { client: api, heartbeat, callsMade, wasKeyRefused } = openClient(key, id, log, deadline);
  return {
    id,
    user: activeUser(),
    api,
    workbook: createActiveWorkbook(),
    store: createFileStore(),
    clock,
    deadline,
    log,
    names: createNameBook(api),
    memory: createSliceMemory(),
    callsMade,
    wasKeyRefused,
    heartbeat,
  };
};

/** Looks after an edit that may meet the writes of a run; does nothing, for the price of one reading, while none is going. */
export const watchEdit = (event: EditEvent): void => {
  // A cell of the sheet can call this too, with whatever it likes.
  if (typeof event?.range?.getSheet !== 'function') throw new Error('Only an edit starts this.');
  const stored = fileProperties();
  const held = new Map(recentlyHeld(stored, Date.now()).map(({ importId, isLive }) => [importId, isLive]));
  // Where a run died, what its notes say of a cell ends with the next edit of it.
  for (const importId of importsWithNotes(stored)) held.set(importId, held.get(importId) ?? false);
  for (const [importId, isLive] of held) createActiveWorkbook().noteEdit(importId, event, isLive);
};

/** Who runs this; the key is made when it is first asked for. */
const personOf = (personal: PersonalStore): Person => {
  const known = personal.get(PERSON_KEY);
  const key = known ?? Utilities.getUuid();
  if (known === null) personal.set(PERSON_KEY, key);
  return { key, email: activeUser() };
};

const createUnattended = (personal: PersonalStore): Unattended => {
  const clock = createScriptClock();
  return {
    clock,
    timer: createClockTimer(activeSpreadsheet, personal),
    mail: createScriptMail(activeUser),
    triggerTime: createTriggerTime(personal, activeUser, () => clock.now()),
    person: () => personOf(personal),
    isPermitted: () => isGranted(SCOPES.file, SCOPES.fetch),
  };
};

/** The desk of the person at the screen. @throws the platform's own error where nobody is at one */
export const openDesk = (): Desk => {
  requirePerson();
  return createDesk();
};

/** Does the work of a person's trigger. @throws Error when it was not one that started this */
export const serveTrigger = (event: unknown): void => {
  const personal = createPersonalStore();
  const { uid, isExtra } = readFiring(event, personal);
  const hasFile = isFileGiven();
  noteSight(uid, personal, hasFile);
  if (hasFile) fireSchedules(createDesk(), { isExtra });
  else mailFileUnknown(createUnattended(personal), personal);
};

const createDesk = (): Desk => {
  const personal = createPersonalStore();
  return {
    unattended: createUnattended(personal),
    ui: createScriptUi(),
    mutex: createDocumentMutex(),
    cancels: createCancelCache(),
    progress: createProgressCache(),
    store: createFileStore(),
    workbook: createActiveWorkbook,
    settings: {
      read: readSettings,
      write(settings) {
        personal.set(SETTINGS, JSON.stringify(settings));
        return settings;
      },
    },
    openRun,
    connection: {
      isConnected: () => readApiKey(personal) !== null,
      connect(key) {
        const tried = apiKeyOf(key);
        const clock = createScriptClock();
        const log = createScriptLog(() => tried.secrets);
        const deadline = clock.now() + RUN_BUDGET_MS;
        const who = openClient(tried, runId(clock.now()), log, deadline).client.account.whoami();
        keepApiKey(personal, key);
        return who;
      },
      disconnect: () => forgetApiKey(personal),
    },
    report(fault) {
      const id = runId(Date.now());
      const text = fault instanceof Error ? `${fault.name}: ${fault.message}\n${fault.stack ?? ''}` : String(fault);
      createScriptLog(() => readApiKey(personal)?.secrets ?? []).write({ run: id, event: 'defect', text });
      return id;
    },
  };
};
