/**
 * A write that was carried out and whose answer was lost, or came as a server fault: at every write of a push and of an undo. After
 * the next run the world equals the one in which every answer came, and nothing was created twice. Source: design, promise P1.
 */
import { picture } from './picture';
import { SCENARIOS } from './scenarios';

const WRITING = SCENARIOS.filter(({ name }) => /push|undo|deletion/.test(name));
const METHODS = ['POST', 'PUT', 'DELETE'] as const;
const FAULTS = ['reply-lost', 'applied-error-500'] as const;

let points = 0;
let same = 0;

describe.each(WRITING)('$name', (scenario) => {
  const before = scenario.prepare();
  const clean = scenario.prepare();
  scenario.act(clean);
  const expected = picture(clean);

  test.each(FAULTS)('%s at each write, then run again: as if every answer had come', (kind) => {
    for (const method of METHODS) {
      for (let nth = 1; ; nth += 1) {
        const desktop = before.copy();
        // As often as the client may try again: the run sees no good answer to this write.
        desktop.control.addFault({ kind, method, nth, times: 1 });
        scenario.act(desktop);
        const wasMet = desktop.control.faults().length === 0;
        desktop.control.clearFaults();
        if (!wasMet) break;
        points += 1;
        desktop.clock.advance(200_000);
        scenario.act(desktop);
        expect(picture(desktop)).toEqual(expected);
        same += 1;
      }
    }
  });
});

afterAll(() => console.log(`${points} lost answers, ${points - same} differences`));
