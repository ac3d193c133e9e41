import { Migration } from '@mikro-orm/migrations'

/**
 * The catalogue's two tables. Text that is compared or ordered is `COLLATE "C"`, code point order, so that Postgres
 * and the merge in JavaScript agree on every order whatever the server's locale.
 */
export class M0001Catalogue extends Migration {
  override up(): void {
    this.addSql(`
      create table opportunity (
        id text collate "C" primary key,
        local_id text collate "C" not null unique,
        digest text not null,
        kind text not null,
        start_sort text collate "C" not null,
        title_sort text collate "C" not null,
        ects_sort integer not null,
        eqf_level integer,
        isced_f text[] not null,
        languages text[] not null,
        modes text[] not null,
        part_of text[] not null,
        search tsvector not null,
        record jsonb not null
      )`)
    this.addSql(`
      create table offering (
        id text collate "C" primary key,
        opportunity_id text collate "C" not null references opportunity (id) on delete cascade,
        kind text not null,
        start_sort text collate "C" not null,
        title_sort text collate "C" not null,
        ects_sort integer not null,
        eqf_level integer,
        isced_f text[] not null,
        languages text[] not null,
        modes text[] not null,
        state text not null,
        end_day text collate "C",
        has_window boolean not null,
        opens_at timestamptz,
        closes_at timestamptz,
        search tsvector not null,
        record jsonb not null
      )`)
    // Stable, not immutable: a text-search configuration is looked up by name.
    this.addSql(`
      create function build_search_vector(parts jsonb) returns tsvector language plpgsql stable as $body$
      declare
        part jsonb;
        vector tsvector := '';
      begin
        for part in select * from jsonb_array_elements(parts) loop
          vector := vector || setweight(
            to_tsvector((part ->> 'configuration')::regconfig, part ->> 'text'),
            (part ->> 'weight')::"char");
        end loop;
        return vector;
      end
      $body$`)
    for (const table of ['opportunity', 'offering']) {
      for (const key of ['start_sort', 'title_sort', 'ects_sort']) {
        this.addSql(`create index ${table}_${key} on ${table} (${key}, id)`)
      }
      this.addSql(`create index ${table}_search on ${table} using gin (search)`)
    }
    this.addSql('create index opportunity_part_of on opportunity using gin (part_of)')
    this.addSql('create index offering_opportunity on offering (opportunity_id, start_sort, id)')
  }
}
