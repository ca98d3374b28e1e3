// The usual tutorial's script: one UrlFetchApp.fetch after another.

function fetch_(request) {
  for (let attempt = 1; ; attempt++) {
    const response = UrlFetchApp.fetch(request.url, request);
    if (response.getResponseCode() === 429 && attempt < 5) {
      Utilities.sleep(60000);
      continue;
    }
    if (response.getResponseCode() >= 300) throw new Error(request.url + ' answered ' + response.getResponseCode());
    return JSON.parse(response.getContentText());
  }
}

/** Each person and organization that was met is asked for once. */
function learn_(ids, names) {
  Object.keys(ids.persons).forEach((id) => {
    if (!names.persons[id]) names.persons[id] = nameOf_(fetch_(request_('/persons/' + id)));
  });
  Object.keys(ids.organizations).forEach((id) => {
    if (!names.organizations[id]) names.organizations[id] = fetch_(request_('/organizations/' + id)).name;
  });
}

function importList() {
  const { fields } = fetch_(request_('/lists/' + LIST_ID));
  const entries = fetch_(request_('/lists/' + LIST_ID + '/list-entries'));
  const names = { persons: {}, organizations: {} };
  const rows = entries.map((entry) => {
    const values = fetch_(request_('/field-values?opportunity_id=' + entry.entity_id));
    learn_(idsIn_(fields, values), names);
    return rowOf_(entry, fields, values, names);
  });
  writeRows_(cleared_(TAB, fields, rows.length), cleared_(BASE, fields, rows.length).hideSheet(), 2, rows);
}

function refreshList() {
  importList();
}

function pushEdits() {
  const { fields } = fetch_(request_('/lists/' + LIST_ID));
  const names = { persons: {}, organizations: {} };
  edits_(fields).forEach((edit) => {
    const values = fetch_(request_('/field-values?list_entry_id=' + edit.id));
    edit.entity =
      values.length > 0
        ? values[0].entity_id
        : fetch_(request_('/lists/' + LIST_ID + '/list-entries/' + edit.id)).entity_id;
    learn_(idsIn_(edit.fields, values), names);
    const { requests, held } = writesOf_(edit, values, fields, names);
    requests.forEach(fetch_);
    done_(edit, held, true);
  });
}
