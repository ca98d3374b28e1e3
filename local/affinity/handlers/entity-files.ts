/** Files of an entity. Source: official text, "Entity Files"; affinity-v1-facts, section 11. */
import { EntityType } from '../../../src/api/enums';
import type { Affinity } from '../../../src/api/table';
import { checkEntities, isOpportunitySeen, withoutPage } from '../access';
import { entityFileAnswer } from '../answers/activity';
import type { Caller, Handlers } from '../emulate';
import { tell } from '../events';
import type { FileHost } from '../file-host';
import { pageOf } from '../paging';
import { notFound, unprocessable } from '../refusal';
import type { EntityFileRecord } from '../world/records';

const isSeen = (caller: Caller, file: EntityFileRecord): boolean =>
  file.opportunity_id === null || isOpportunitySeen(caller, file.opportunity_id);

/** @throws Refusal 404 for no such file, and for one on an opportunity out of sight. */
const fileFor = (caller: Caller, id: number): EntityFileRecord => {
  const file = caller.world.entityFiles.get(id);
  if (file === undefined || !isSeen(caller, file)) throw notFound(`Entity file ${id} does not exist`);
  return file;
};

/** Needs the host of the files, which gives an address for a while. */
export const entityFiles = (host: FileHost): Handlers<Affinity>['entityFiles'] => ({
  list: ({ query }, caller) => {
    const { world } = caller;
    const { person_id, organization_id, opportunity_id } = query;
    const narrows = world.rules.isOn('files-of-an-entity');
    const fits = (file: EntityFileRecord): boolean =>
      (person_id === undefined || file.person_id === person_id) &&
      (organization_id === undefined || file.organization_id === organization_id) &&
      (opportunity_id === undefined || file.opportunity_id === opportunity_id);
    const found = world.entityFiles.all().filter((file) => isSeen(caller, file) && (!narrows || fits(file)));
    const { items, next_page_token } = pageOf(world, found, query, withoutPage(query));
    return { entity_files: items.map((file) => entityFileAnswer(world, file)), next_page_token };
  },

  get: ({ path }, caller) => entityFileAnswer(caller.world, fileFor(caller, path.entity_file_id), true),

  download: ({ path }, caller) => ({ location: host.addressOf(fileFor(caller, path.entity_file_id).id) }),

  upload: ({ body }, caller) => {
    const { world, user } = caller;
    const { person_id, organization_id, opportunity_id } = body;
    const given = [person_id, organization_id, opportunity_id].filter((id) => id !== undefined);
    if (given.length !== 1 && world.rules.isOn('file-on-one-entity')) {
      throw unprocessable('Exactly one of person_id, organization_id, opportunity_id must be specified');
    }
    if (body.files.length === 0 && world.rules.isOn('upload-needs-a-file')) {
      throw unprocessable('At least one file must be uploaded');
    }
    if (person_id !== undefined) checkEntities(caller, EntityType.person, [person_id]);
    if (organization_id !== undefined) checkEntities(caller, EntityType.organization, [organization_id]);
    if (opportunity_id !== undefined) checkEntities(caller, EntityType.opportunity, [opportunity_id]);
    const sent = world.rules.isOn('upload-takes-several-files') ? body.files : body.files.slice(0, 1);
    const files = sent.map(
      (file): EntityFileRecord => ({
        id: world.nextId('entityFile'),
        name: file.name,
        contentType: file.contentType ?? 'application/octet-stream',
        bytes:
          'text' in file ? new TextEncoder().encode(file.text) : new Uint8Array(Buffer.from(file.base64, 'base64')),
        person_id: person_id ?? null,
        organization_id: organization_id ?? null,
        opportunity_id: opportunity_id ?? null,
        uploader_id: user.id,
        created_at: world.clock.now(),
      }),
    );
    for (const file of files) {
      world.entityFiles.put(file);
      tell(world, 'file.created', entityFileAnswer(world, file));
    }
    return {
      success: true,
      ...(world.choices.uploadAnswer === 'success'
        ? {}
        : { entity_files: files.map((file) => entityFileAnswer(world, file)) }),
    };
  },
});
