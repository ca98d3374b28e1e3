/** A reminder for each selected record: on a day, or again and again after something. */
import { useState } from 'preact/hooks';
import type { ActivityView } from '../../rpc';
import { call } from '../server';
import { Choice, Columns, Field } from './fields';
import { About, Form, useWriting } from './form';

export const ReminderForm = ({ view: { records, title } }: { view: ActivityView }) => {
  const [isAgain, setAgain] = useState(false);
  const [day, setDay] = useState('');
  const [days, setDays] = useState('30');
  const [after, setAfter] = useState<0 | 1 | 2>(0);
  const [owner, setOwner] = useState('');
  const { content, area, isTried, write, form } = useWriting('reminder', 'made');
  const areDays = /^\d{1,4}$/.test(days.trim()) && Number(days) > 0;
  const send = () =>
    write(isAgain ? areDays : day !== '', () =>
      call('makeReminder', records, {
        content,
        day: isAgain ? '' : day,
        days: isAgain ? Number(days) : 0,
        after,
        owner,
      }),
    );
  return (
    <Form
      title="Make a reminder"
      about={<About records={records} title={title} />}
      button={[records.length > 1 ? `Make ${records.length} reminders` : 'Make the reminder', 'Making…']}
      isIdle={records.length === 0}
      {...form}
      onSubmit={send}
    >
      <Field
        type="area"
        label="What to be reminded of"
        {...area}
        {...(records.length > 1 ? { hint: 'Affinity hangs a reminder on one record, so each gets its own.' } : {})}
      />
      <Choice
        label="When"
        value={isAgain}
        onChoose={setAgain}
        options={[
          [false, 'Once, on a day'],
          [true, 'Again and again, so many days after the last contact'],
        ]}
      />
      <Columns>
        {isAgain ? (
          <Field
            type="number"
            label="Days"
            value={days}
            onInput={setDays}
            problem={isTried && !areDays ? 'Enter a whole number of days.' : null}
          />
        ) : (
          <Field
            type="date"
            label="Day"
            value={day}
            onInput={setDay}
            problem={isTried && day === '' ? 'Choose a day.' : null}
          />
        )}
        <Field label="Owner" value={owner} onInput={setOwner} hint="A colleague’s name. Empty: you." />
      </Columns>
      {isAgain && (
        <Choice
          label="After the last"
          value={after}
          onChoose={setAfter}
          options={[
            [0, 'contact of any kind'],
            [1, 'e-mail'],
            [2, 'meeting'],
          ]}
        />
      )}
    </Form>
  );
};
