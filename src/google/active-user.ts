/** Who is at the screen, as far as Google tells: blank for people of other domains and where the permission was declined. */
export const activeUser = (): string => {
  try {
    return Session.getActiveUser().getEmail();
  } catch {
    return ''; // the permission to see the address was declined: the journal then has no name
  }
};
