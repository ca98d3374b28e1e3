/** A meeting, call or message that Affinity did not see by itself. */
import { useState } from 'preact/hooks';
import type { ActivityView } from '../../rpc';
import { call } from '../server';
import { count } from '../text';
import { Choice, Columns, DateAndTime, Field } from './fields';
import { Form, useWriting } from './form';

export const InteractionForm = ({ view: { records, timeZone } }: { view: ActivityView }) => {
  const persons = records.filter((record) => record.startsWith('0:')).length;
  const [type, setType] = useState<0 | 1 | 2>(0);
  const [direction, setDirection] = useState<0 | 1>(0);
  const [date, setDate] = useState('');
  const [people, setPeople] = useState('');
  const { content, area, isTried, write, form } = useWriting('interaction', 'logged');
  const hasPeople = persons > 0 || people.trim() !== '';
  const send = () =>
    write(hasPeople, () => call('logInteraction', records, type, type === 2 ? direction : null, date, people, content));
  return (
    <Form
      title="Log an interaction"
      about={
        persons === 0
          ? 'No people are selected: name those who took part.'
          : `The ${count(persons, 'selected person', 'selected people')} took part already.`
      }
      button={['Log it', 'Logging…']}
      {...form}
      onSubmit={send}
    >
      <Choice
        label="Kind"
        value={type}
        onChoose={setType}
        options={[
          [0, 'Meeting'],
          [1, 'Call'],
          [2, 'Chat message'],
        ]}
      />
      {type === 2 && (
        <Choice
          label="Direction"
          value={direction}
          onChoose={setDirection}
          options={[
            [0, 'We sent it'],
            [1, 'We received it'],
          ]}
        />
      )}
      <Columns>
        <Field
          label={persons === 0 ? 'People' : 'More people'}
          value={people}
          onInput={setPeople}
          hint="Names or e-mail addresses with ; between, one at least of somebody outside your firm. You are added when no colleague is named."
          problem={isTried && !hasPeople ? 'Name those who took part.' : null}
        />
        <DateAndTime value={date} onInput={setDate} timeZone={timeZone} />
      </Columns>
      <Field type="area" label="What was said" {...area} hint="It becomes a note on the interaction." />
    </Form>
  );
};
