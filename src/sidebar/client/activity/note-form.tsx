/** A note on the selected records, or a reply to the selected note. */
import { useState } from 'preact/hooks';
import type { ActivityView } from '../../rpc';
import { call } from '../server';
import { Choice, Columns, DateAndTime, Field } from './fields';
import { About, Form, useWriting } from './form';

export const NoteForm = ({ view: { records, note, title, timeZone } }: { view: ActivityView }) => {
  const isReply = note !== null;
  const [isHtml, setHtml] = useState(false);
  const [isEach, setEach] = useState(false);
  const [author, setAuthor] = useState('');
  const [date, setDate] = useState('');
  const { content, area, write, form } = useWriting(isReply ? 'reply' : 'note', 'written');
  const send = () => write(true, () => call('writeNote', records, note, { content, isHtml, isEach, author, date }));
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
      {...form}
      onSubmit={send}
    >
      <Field type="area" label={isReply ? 'Reply' : 'Note'} {...area} />
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
        <DateAndTime value={date} onInput={setDate} timeZone={timeZone} />
      </Columns>
    </Form>
  );
};
