// The tutorial's script with its calls side by side: a hundred at a time, and a minute's pause after every nine hundred.

let sent = 0;

function fetchAll_(requests) {
  const answers = [];
  chunks_(requests, 100).forEach((chunk) => {
    let open = chunk.map((request, at) => ({ request, at }));
    const found = [];
    for (let attempt = 1; open.length > 0; attempt++) {
      if (sent + open.length > 900) {
        Utilities.sleep(60000);
        sent = 0;
      }
      sent += open.length;
      const responses = UrlFetchApp.fetchAll(open.map(({ request }) => request));
      const refused = [];
      responses.forEach((response, index) => {
        const code = response.getResponseCode();
        if (code === 429 && attempt < 5) refused.push(open[index]);
        else if (code >= 300) throw new Error(open[index].request.url + ' answered ' + code);
        else found[open[index].at] = JSON.parse(response.getContentText());
      });
      if (refused.length > 0) sent = 900;
      open = refused;
    }
    answers.push(...found);
  });
  return answers;
}

/** A few names one by one, many by the pages of the directory. */
function learn_(ids, names) {
  ['persons', 'organizations'].forEach((kind) => {
    const open = () => Object.keys(ids[kind]).filter((id) => !names[kind][id]);
    const note = (one) => {
      names[kind][one.id] = kind === 'persons' ? nameOf_(one) : one.name;
    };
    for (let token = '', isFirst = true; open().length > 20 && (isFirst || token); isFirst = false) {
      const [page] = fetchAll_([request_('/' + kind + '?page_size=500' + (token ? '&page_token=' + token : ''))]);
      page[kind].forEach(note);
      token = page.next_page_token;
    }
    fetchAll_(open().map((id) => request_('/' + kind + '/' + id))).forEach(note);
  });
}

function importList() {
  const [{ fields }] = fetchAll_([request_('/lists/' + LIST_ID)]);
  const [entries] = fetchAll_([request_('/lists/' + LIST_ID + '/list-entries')]);
  const values = fetchAll_(entries.map((entry) => request_('/field-values?opportunity_id=' + entry.entity_id)));
  const names = { persons: {}, organizations: {} };
  const ids = { persons: {}, organizations: {} };
  values.forEach((some) => {
    const met = idsIn_(fields, some);
    Object.assign(ids.persons, met.persons);
    Object.assign(ids.organizations, met.organizations);
  });
  learn_(ids, names);
  const rows = entries.map((entry, index) => rowOf_(entry, fields, values[index], names));
  writeRows_(cleared_(TAB, fields, rows.length), cleared_(BASE, fields, rows.length).hideSheet(), 2, rows);
}

function refreshList() {
  importList();
}

function pushEdits() {
  const [{ fields }] = fetchAll_([request_('/lists/' + LIST_ID)]);
  const names = { persons: {}, organizations: {} };
  chunks_(edits_(fields), 100).forEach((edits) => {
    const values = fetchAll_(edits.map((edit) => request_('/field-values?list_entry_id=' + edit.id)));
    const writes = edits.map((edit, index) => {
      edit.entity = values[index].length > 0 ? values[index][0].entity_id : null;
      learn_(idsIn_(edit.fields, values[index]), names);
      return writesOf_(edit, values[index], fields, names);
    });
    fetchAll_(writes.flatMap(({ requests }) => requests));
    edits.forEach((edit, index) => {
      done_(edit, writes[index].held, true);
    });
  });
}
