import { Migration } from '@mikro-orm/migrations'

/** The three kinds of reference data. Titles and ids compare by code point (`COLLATE "C"`), as cursors do. */
export class M0001CreateReferenceTables extends Migration {
  override name = 'm0001-create-reference-tables'

  override up(): void {
    this.addSql(`create table jurisdiction (
      code text collate "C" primary key,
      digest text not null,
      document jsonb not null
    )`)
    this.addSql(`create table micro_credential (
      id text collate "C" primary key,
      digest text not null,
      sort_title text collate "C" not null,
      search_text text not null,
      opportunity_id text collate "C" not null,
      awarding_member text collate "C" not null,
      jurisdiction_code text collate "C" not null,
      eqf_level integer,
      ects numeric not null,
      document jsonb not null,
      -- Deferred: a sync may hand an opportunity from one definition to another.
      constraint micro_credential_opportunity unique (opportunity_id) deferrable initially deferred
    )`)
    this.addSql('create index micro_credential_order on micro_credential (sort_title, id)')
    this.addSql(
      'create index micro_credential_jurisdiction on micro_credential (jurisdiction_code)',
    )
    this.addSql('create index micro_credential_member on micro_credential (awarding_member)')
    this.addSql(`create table learning_pathway (
      id text collate "C" primary key,
      digest text not null,
      sort_title text collate "C" not null,
      search_text text not null,
      type text not null,
      members text[] not null,
      opportunity_ids text[] not null,
      document jsonb not null
    )`)
    this.addSql('create index learning_pathway_order on learning_pathway (sort_title, id)')
    this.addSql('create index learning_pathway_members on learning_pathway using gin (members)')
    this.addSql(
      'create index learning_pathway_opportunities on learning_pathway using gin (opportunity_ids)',
    )
  }
}
