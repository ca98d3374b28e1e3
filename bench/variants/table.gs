// What the three scripts share: the key, the shape of the table, and how a value becomes a cell. Plain Apps Script, as it would stand
// in a script project of its own.

const LIST_ID = 4974;
const TAB = 'Deals';
const BASE = '_base';
const ID = 'Affinity row ID';
const STATUS = 'Sync status';

let authorization = '';

function headers_() {
  if (!authorization) {
    const key = PropertiesService.getUserProperties().getProperty('AFFINITY_KEY');
    authorization = 'Basic ' + Utilities.base64Encode(':' + key);
  }
  return { Authorization: authorization };
}

function request_(path, method, body) {
  const request = {
    url: 'https://api.affinity.co' + path,
    method: method || 'get',
    headers: headers_(),
    muteHttpExceptions: true,
  };
  if (body) {
    request.contentType = 'application/json';
    request.payload = JSON.stringify(body);
  }
  return request;
}

function chunks_(items, size) {
  const chunks = [];
  for (let i = 0; i < items.length; i += size) chunks.push(items.slice(i, i + size));
  return chunks;
}

/** A text that Sheets would take for a formula stays a text. */
function safe_(text) {
  return /^[=+\-@'\t\r]/.test(text) ? "'" + text : text;
}

function nameOf_(person) {
  return (
    [person.first_name, person.last_name].filter((part) => part).join(' ') || person.primary_email || '#' + person.id
  );
}

function day_(value) {
  const [year, month, day] = value.slice(0, 10).split('-').map(Number);
  return new Date(year, month - 1, day);
}

/** One value as text, by the field's type. */
function textOf_(field, value, names) {
  switch (field.value_type) {
    case 0:
      return names.persons[value] || '#' + value;
    case 1:
      return names.organizations[value] || '#' + value;
    case 4:
      return value.slice(0, 10);
    case 5:
      return [value.street_address, value.city, value.state, value.country].filter((part) => part).join(', ');
    case 7:
      return value.text;
    default:
      return String(value);
  }
}

/** The cell of a field: numbers and dates stay what they are, several values are joined. */
function cellOf_(field, values, names) {
  if (values.length === 0) return '';
  if (field.allows_multiple) return safe_(values.map((one) => textOf_(field, one.value, names)).join('; '));
  const value = values[values.length - 1].value;
  if (field.value_type === 3) return value;
  if (field.value_type === 4) return day_(value);
  return safe_(textOf_(field, value, names));
}

function byField_(values) {
  const found = {};
  values.forEach((value) => {
    if (!found[value.field_id]) found[value.field_id] = [];
    found[value.field_id].push(value);
  });
  return found;
}

function rowOf_(entry, fields, values, names) {
  const found = byField_(values);
  const cells = fields.map((field) => cellOf_(field, found[field.id] || [], names));
  return [entry.id, safe_(entry.entity.name || '')].concat(cells, ['']);
}

/** Ids of persons and organizations that values speak of. */
function idsIn_(fields, values) {
  const types = {};
  fields.forEach((field) => {
    types[field.id] = field.value_type;
  });
  const ids = { persons: {}, organizations: {} };
  values.forEach((value) => {
    if (types[value.field_id] === 0) ids.persons[value.value] = true;
    if (types[value.field_id] === 1) ids.organizations[value.value] = true;
  });
  return ids;
}

function formatsOf_(fields) {
  const formats = fields.map((field) => {
    if (field.allows_multiple) return '@';
    return field.value_type === 3 ? 'General' : field.value_type === 4 ? 'yyyy-mm-dd' : '@';
  });
  return ['0', '@'].concat(formats, ['@']);
}

function tab_(name) {
  const spreadsheet = SpreadsheetApp.getActive();
  return spreadsheet.getSheetByName(name) || spreadsheet.insertSheet(name);
}

/** An empty tab with its header and enough room. */
function cleared_(name, fields, rows) {
  const sheet = tab_(name);
  const width = fields.length + 3;
  sheet.getDataRange().clearContent();
  if (sheet.getMaxRows() < rows + 1) sheet.insertRowsAfter(sheet.getMaxRows(), rows + 1 - sheet.getMaxRows());
  if (sheet.getMaxColumns() < width) sheet.insertColumnsAfter(sheet.getMaxColumns(), width - sheet.getMaxColumns());
  sheet
    .getRange(1, 1, 1, width)
    .setNumberFormat('@')
    .setValues([
      [ID, 'Name'].concat(
        fields.map((field) => field.name),
        [STATUS],
      ),
    ]);
  formatsOf_(fields).forEach((format, column) => {
    sheet.getRange(2, column + 1, sheet.getMaxRows() - 1, 1).setNumberFormat(format);
  });
  sheet.setFrozenRows(1);
  return sheet;
}

/** Writes rows to the tab and to its hidden copy, which tells later what was edited. */
function writeRows_(sheet, base, first, rows) {
  if (rows.length === 0) return;
  sheet.getRange(first, 1, rows.length, rows[0].length).setValues(rows);
  base.getRange(first, 1, rows.length, rows[0].length).setValues(rows);
}

function same_(a, b) {
  return a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;
}

/** Rows whose cells differ from the copy that was taken when they were written. */
function edits_(fields) {
  const table = tab_(TAB).getDataRange().getValues();
  const base = tab_(BASE).getDataRange().getValues();
  const places = {};
  base.forEach((line, index) => {
    places[line[0]] = index;
  });
  const edited = [];
  table.forEach((line, index) => {
    const before = index > 0 && line[0] !== '' ? base[places[line[0]]] : undefined;
    if (before === undefined) return;
    const cells = fields.filter((_field, at) => !same_(line[at + 2], before[at + 2]));
    if (cells.length > 0)
      edited.push({ id: line[0], row: index + 1, baseRow: places[line[0]] + 1, line, before, fields: cells });
  });
  return edited;
}

/** What the API takes for a cell of a single-value field. */
function wireOf_(field, cell) {
  if (field.value_type === 4) return Utilities.formatDate(cell, Session.getScriptTimeZone(), 'yyyy-MM-dd');
  if (field.value_type === 7) return field.dropdown_options.filter((option) => option.text === cell)[0].id;
  return cell;
}

/**
 * The writes of an edited row, given what Affinity has now: a cell that somebody else changed meanwhile is left alone and named.
 */
function writesOf_(edit, values, fields, names) {
  const found = byField_(values);
  const requests = [];
  const held = [];
  edit.fields.forEach((field) => {
    const at = fields.indexOf(field) + 2;
    const now = found[field.id] || [];
    if (!same_(cellOf_(field, now, names), edit.before[at])) held.push(field.name);
    else if (edit.line[at] === '') held.push(field.name + ' (emptied)');
    else if (now.length > 0)
      requests.push(
        request_('/field-values/' + now[now.length - 1].id, 'put', { value: wireOf_(field, edit.line[at]) }),
      );
    else {
      const body = {
        field_id: field.id,
        entity_id: edit.entity,
        list_entry_id: edit.id,
        value: wireOf_(field, edit.line[at]),
      };
      requests.push(request_('/field-values', 'post', body));
    }
  });
  return { requests, held };
}

/** Notes how a row went, and what both sides now have. */
function done_(edit, held, isGood) {
  const status = held.length > 0 ? 'Not sent: ' + held.join(', ') : isGood ? 'Sent' : 'Refused';
  tab_(TAB).getRange(edit.row, edit.line.length).setValue(status);
  if (isGood && held.length === 0) tab_(BASE).getRange(edit.baseRow, 1, 1, edit.line.length).setValues([edit.line]);
}
