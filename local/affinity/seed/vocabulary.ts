/**
 * Words that the seeded firm is made of. All names are invented, all addresses end in the reserved `.example`. The hostile
 * ones are what a spreadsheet may misread: formulas, numbers, dates, errors, markup, other scripts.
 */

export const FIRST_NAMES = [
  'Anna',
  'Ben',
  'Carla',
  'David',
  'Elif',
  'Femi',
  'Giulia',
  'Hanna',
  'Ivan',
  'Jonas',
  'Katarzyna',
  'Liam',
  'Mei',
  'Noor',
  'Olga',
  'Priya',
  'Quentin',
  'Rosa',
  'Søren',
  'Tariq',
  'Uma',
  'Valérie',
  'Wei',
  'Ximena',
  'Yusuf',
  'Zoë',
  'André',
  'Björn',
  'Chloé',
  'Dmitri',
  'Eszter',
  'Fatima',
  'Gökhan',
  'Hiroshi',
  'Inès',
  'João',
  'Kwame',
  'Lucía',
  'Małgorzata',
  'Nadia',
] as const;

export const LAST_NAMES = [
  'Schmidt',
  'Okafor',
  'García',
  'Lindqvist',
  'Ferreira',
  'Oyelaran',
  'Novák',
  "O'Brien",
  'Müller',
  'Tanaka',
  'Rossi',
  'Haddad',
  'Kowalska',
  'Nguyen',
  'Larsen',
  'Dubois',
  'Petrov',
  'van der Berg',
  'Mac Donald',
  'Yılmaz',
  'Smith-Jones',
  'Adeyemi',
  'Castellano',
  'Björk',
  'Çelik',
  'Patel',
  'Romero',
  'Steiner',
  'Vasquez',
  'Weiß',
] as const;

export const COMPANY_FIRST = [
  'Amber',
  'Birch',
  'Cobalt',
  'Delta',
  'Ember',
  'Fjord',
  'Granite',
  'Harbor',
  'Indigo',
  'Juniper',
  'Kestrel',
  'Lumen',
  'Meridian',
  'Nimbus',
  'Onyx',
  'Prairie',
  'Quartz',
  'Ridge',
  'Saffron',
  'Tidal',
  'Umbra',
  'Vertex',
  'Willow',
  'Xenon',
  'Yarrow',
  'Zephyr',
] as const;

export const COMPANY_SECOND = [
  'Analytics',
  'Biosciences',
  'Cloud',
  'Dynamics',
  'Energy',
  'Foods',
  'Genomics',
  'Health',
  'Instruments',
  'Labs',
  'Logistics',
  'Materials',
  'Networks',
  'Payments',
  'Robotics',
  'Security',
  'Systems',
  'Therapeutics',
  'Ventures',
  'Works',
] as const;

export const ROUNDS = ['Seed', 'Series A', 'Series B', 'Series C', 'Bridge', 'Growth'] as const;

export const CITIES = [
  { city: 'San Francisco', state: 'California', country: 'United States', continent: 'North America' },
  { city: 'New York', state: 'New York', country: 'United States', continent: 'North America' },
  { city: 'Zürich', state: null, country: 'Switzerland', continent: 'Europe' },
  { city: 'São Paulo', state: 'São Paulo', country: 'Brazil', continent: 'South America' },
  { city: 'London', state: 'England', country: 'United Kingdom', continent: null },
  { city: 'Nairobi', state: null, country: 'Kenya', continent: 'Africa' },
  { city: null, state: null, country: 'Iceland', continent: 'Europe' },
  { city: 'Tōkyō', state: null, country: 'Japan', continent: null },
  { city: "Coeur d'Alene; ID", state: 'Idaho', country: 'United States', continent: 'North America' },
] as const;

export const STREETS = [
  '1 Main Street',
  '42 Rue de l’Église',
  'Platz 7, Hof 2',
  '=10 Downing Street',
  '5/7 Market Sq.',
] as const;

export const SENTENCES = [
  'Strong team, second meeting booked.',
  'Waiting for the data room.',
  'Intro came from a portfolio founder; follow up next week.',
  'Pricing looks high against the last round.',
  'References checked: all positive.',
  'They asked for a decision by the end of the quarter.',
  'Good product, unclear market.',
] as const;

export const FREE_TAGS = [
  'hot',
  'Follow-up',
  'B2B',
  'founder-led',
  'à revoir',
  'second look',
  'cold',
  'referral',
] as const;

/** Exactly 5,000 characters: the longest text that a log of real calls shows to survive. */
const LONG_TEXT = `${'Due diligence notes, to be read in full. '.repeat(122)}`.padEnd(5000, '.').slice(0, 5000);

/** Texts that must stay what they are on their way through a spreadsheet. */
export const HOSTILE_TEXTS = [
  '=1+1',
  '=HYPERLINK("http://x.example","click")',
  '+49 30 123456',
  '-5%',
  '@import',
  "'=x",
  "'quoted",
  '00123',
  '1e5',
  '12345678901234567890',
  '1/2',
  '2024-01-02',
  'TRUE',
  '#N/A',
  'semi; colon; separated',
  'He said "go; now"',
  'two\nlines',
  'tab\there',
  '<script>alert(1)</script>',
  'مرحبا بالعالم',
  '🚀 launch 👩‍🚀',
  '  leading and trailing  ',
  'Ünïcödé – “quotes” … ß',
  '$1,234.50',
  '50%',
  '(12)',
  '12:30',
  '日本語のテキスト',
  LONG_TEXT,
] as const;

export const HOSTILE_COMPANIES = [
  'Société Générale d’Énergie',
  '<script>alert("x")</script> Labs',
  '"Quoted" & Sons; Partners',
  'شركة النور',
  '=Formula Holdings',
  '+Plus Ventures',
  '-Minus Capital',
  '@At Industries',
  '🚀 Rocketry',
  '  Padded Ltd  ',
  '00123',
  '1/2',
  'TRUE',
  '#N/A',
  "'Apostrophe Inc",
] as const;

/** First and last names; null is a person known by e-mail address only. */
export const HOSTILE_PERSONS: readonly (readonly [string | null, string | null])[] = [
  [null, null],
  ['Anna', 'Schmidt'],
  ['Anna', 'Schmidt'],
  ['=SUM(A1)', 'Formula'],
  ['محمد', 'الأحمد'],
  ['🦄', 'Unicorn'],
  ['<b>Bold</b>', "O'Brien"],
  ['Cher', null],
  ['José María', 'de la Cruz; Jr.'],
  ['-1', '@Minus'],
];

export const MEETING_TITLES = [
  'Intro call with the founders',
  'Product demo',
  'Partner meeting',
  'Deep dive: unit economics',
  'Board update; Q2',
  'Coffee',
  '=Catch-up',
  'Reference call (customer)',
  'Term sheet review',
] as const;

export const SUBJECTS = [
  'Re: introduction',
  'Deck and data room',
  'Follow-up on our call',
  'Quick question',
  'Fwd: Q3 numbers',
  '+1 on the round',
  'Cap table, latest version',
  '',
  'Danke für das Gespräch',
  'Scheduling: next week?',
] as const;

export const NOTE_TEXTS = [
  'Strong team, second-time founders. Market may be smaller than they think.',
  'Pipeline review: waiting for the updated model.',
  '=SUM(A1:A3) is what they pasted into the chat',
  'Churn is below 2 % a month; NRR 118 %.',
  'Asked for references; two customers and one former investor.',
  '- pricing unclear\n- hiring plan fine\n- "moat" to be discussed',
  'Passed for now. Look again when ARR > $1m.',
  'مرحبا – met at the summit',
  'Lead interested; allocation of 500k possible.',
  'https://example.com/deck?version=3&lang=en#page=4',
  'They need a decision by Friday.',
  '00123 is the data room code',
] as const;

export const HTML_NOTES = [
  '<p>Met the team today. <strong>Very strong</strong> on product.</p>',
  '<p>Open points:</p><ul><li>Cap table &amp; option pool</li><li><em>Exclusivity</em></li></ul>',
  '<p>Ask: <span style="color: rgb(255, 0, 0);">1.5 m</span> at <u>8 m pre</u></p><p>Decision: <strong>Monday</strong></p>',
] as const;

export const REMINDER_TEXTS = [
  'Send the term sheet',
  'Check in with the founders',
  'Ask for the updated model',
  'Intro to the portfolio CTO',
  '+ follow up on references',
  'Quarterly catch-up',
  'Review the data room',
] as const;

/** Names of files, some of which a file system or a sheet would misread. */
export const FILE_NAMES = [
  ['Pitch deck.pdf', 'application/pdf'],
  ['cap-table.csv', 'text/csv'],
  ['Memo – Ümläut & Söhne.txt', 'text/plain'],
  ['=model.csv', 'text/csv'],
  ['notes "final".txt', 'text/plain'],
  ['Q3 metrics.csv', 'text/csv'],
] as const;
