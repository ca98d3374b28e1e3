/** Places and sizes as styles: Preact writes numbers as they are, so the unit has to be said. */
export const pixels = <K extends string>(sizes: Readonly<Record<K, number>>): Record<K, string> => {
  const style: Partial<Record<K, string>> = {};
  for (const name of Object.keys(sizes) as K[]) style[name] = `${sizes[name]}px`; // the record's own keys
  return style as Record<K, string>; // every key was set
};
