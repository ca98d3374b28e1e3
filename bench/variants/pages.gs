// A page-by-page exporter: the directories first, then page after page of entries, each written before the next is asked for.

let sent = 0;

function pages_(path, key, each) {
  for (let token = '', isFirst = true; isFirst || token; isFirst = false) {
    const [page] = batch_([request_(path + '?page_size=500' + (token ? '&page_token=' + token : ''))]);
    each(page[key]);
    token = page.next_page_token;
  }
}

function batch_(requests) {
  return chunks_(requests, 100).flatMap((chunk) => {
    if (sent + chunk.length > 900) {
      Utilities.sleep(60000);
      sent = 0;
    }
    sent += chunk.length;
    return UrlFetchApp.fetchAll(chunk).map((response, index) => {
      if (response.getResponseCode() >= 300)
        throw new Error(chunk[index].url + ' answered ' + response.getResponseCode());
      return JSON.parse(response.getContentText());
    });
  });
}

function directories_() {
  const names = { persons: {}, organizations: {} };
  pages_('/persons', 'persons', (persons) => {
    persons.forEach((person) => {
      names.persons[person.id] = nameOf_(person);
    });
  });
  pages_('/organizations', 'organizations', (organizations) => {
    organizations.forEach((organization) => {
      names.organizations[organization.id] = organization.name;
    });
  });
  return names;
}

function importList() {
  const [{ fields, list_size }] = batch_([request_('/lists/' + LIST_ID)]);
  const names = directories_();
  const sheet = cleared_(TAB, fields, list_size);
  const base = cleared_(BASE, fields, list_size).hideSheet();
  let next = 2;
  pages_('/lists/' + LIST_ID + '/list-entries', 'list_entries', (entries) => {
    const values = batch_(entries.map((entry) => request_('/field-values?opportunity_id=' + entry.entity_id)));
    writeRows_(
      sheet,
      base,
      next,
      entries.map((entry, index) => rowOf_(entry, fields, values[index], names)),
    );
    next += entries.length;
    SpreadsheetApp.flush();
  });
}

function refreshList() {
  importList();
}

function pushEdits() {
  const [{ fields }] = batch_([request_('/lists/' + LIST_ID)]);
  // Single values of these fields hold no names, so the directories are not needed here.
  const names = { persons: {}, organizations: {} };
  chunks_(edits_(fields), 100).forEach((edits) => {
    const values = batch_(edits.map((edit) => request_('/field-values?list_entry_id=' + edit.id)));
    const writes = edits.map((edit, index) => {
      edit.entity = values[index].length > 0 ? values[index][0].entity_id : null;
      return writesOf_(edit, values[index], fields, names);
    });
    batch_(writes.flatMap(({ requests }) => requests));
    edits.forEach((edit, index) => {
      done_(edit, writes[index].held, true);
    });
    SpreadsheetApp.flush();
  });
}
