/** A note on the selected records, or a reply to the selected note. */
import { useState } from 'preact/hooks';
import type { ActivityView } from '../../rpc';
import { call } from '../server';
import { Choice, Columns, Field } from './fields';
import { About, EMPTY, Form, useWrite } from './form';

export const NoteForm = ({ view: { records, note, title, timeZone } }: { view: ActivityView }) => {
  const isReply = note !== null;
  const [content, setContent] = useState('');
  const [isHtml, setHtml] = useState(false);
  const [isEach, setEach] = useState(false);
  const [author, setAuthor] = useState('');
  const [date, setDate] = useState('');
  const [isTried, setTried] = useState(false);
  const { task, write, outcome } = useWrite(isReply ? 'reply' : 'note', 'written');
  const send = () => {
    setTried(true);
    if (content.trim() === '') return;
    write(
      () => call('writeNote', records, note, { content, isHtml, isEach, author, date }),
      () => {
        setContent('');
        setTried(false);
      },
    );
  };
  return (
    <Form
      title={isReply ? 'Reply to the selected note' : 'Write a note'}
      about={
        isReply ? (
          'It stands below the note in Affinity. A reply can’t be answered.'
        ) : (
          <About records={records} title={title} />
        )
      }
      button={[isReply ? 'Send the reply' : 'Write the note', 'Writing…']}
      isIdle={!isReply && records.length === 0}
      {...{ task, outcome }}
      onSubmit={send}
    >
      <Field
        type="area"
        label={isReply ? 'Reply' : 'Note'}
        value={content}
        onInput={setContent}
        problem={isTried && content.trim() === '' ? EMPTY : null}
      />
      <Choice
        label="Written as"
        value={isHtml}
        onChoose={setHtml}
        options={[
          [false, 'Plain text'],
          [true, 'HTML: bold, lists and the like'],
        ]}
      />
      {!isReply && records.length > 1 && (
        <Choice
          label="How many"
          value={isEach}
          onChoose={setEach}
          options={[
            [false, `One note on all ${records.length} records`],
            [true, `A note of its own on each`],
          ]}
        />
      )}
      <Columns>
        <Field label="Author" value={author} onInput={setAuthor} hint="A colleague’s name. Empty: you." />
        <Field
          type="datetime-local"
          label="Date and time"
          value={date}
          onInput={setDate}
          hint={`In the sheet’s time zone, ${timeZone}. Empty: now.`}
        />
      </Columns>
    </Form>
  );
};
