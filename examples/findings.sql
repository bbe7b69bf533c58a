-- Asks the findings of many stories, with DuckDB (https://duckdb.org):
--
--     pullquote extract --from jsonl --format jsonl < stories.jsonl > findings.jsonl
--     duckdb < examples/findings.sql
--
-- The questions ask the view `quotes`: one row for each quote, with its speaker; an unknown speaker is NULL. It reads JSON
-- Lines. For the Parquet files of examples/cluster/quotes.py, put this in the place of both views:
--
--     CREATE VIEW quotes AS
--         SELECT *, day::VARCHAR AS published
--         FROM read_parquet('quotes/status=ok/*/*.parquet', hive_partitioning = true) WHERE number IS NOT NULL;
--
-- DuckDB's offsets of lists begin at 1, those of pullquote at 0.

-- A record of JSON Lines may name its outlet and its date itself; leave the join out for other inputs.
CREATE VIEW stories AS
    SELECT found.* REPLACE (coalesce(found.outlet::VARCHAR, record.outlet) AS outlet,
                            coalesce(found.published::VARCHAR, record.published) AS published)
    FROM read_json('findings.jsonl', format = 'newline_delimited', union_by_name = true,
                   maximum_object_size = 268435456) AS found
    LEFT JOIN read_json('stories.jsonl', format = 'newline_delimited', maximum_object_size = 268435456,
                        columns = {id: 'VARCHAR', outlet: 'VARCHAR', published: 'VARCHAR'}) AS record
        ON found.id::VARCHAR = record.id;

CREATE VIEW quotes AS
    SELECT story.id AS story, story.outlet, story.published, quote.number, quote.text, quote.kind, quote.act, quote.confidence,
           speaker.name AS speaker, speaker.kind AS speaker_kind, speaker.roles[1] AS role
    FROM (SELECT id, outlet, published, entities, unnest(quotes) AS quote FROM stories) AS story,
         LATERAL (SELECT story.entities[story.quote.speaker + 1] AS speaker);

-- Who is quoted most, and in how many stories?
SELECT speaker, count(*) AS quotes, count(DISTINCT story) AS stories, any_value(role) AS role
FROM quotes WHERE speaker_kind = 'person' GROUP BY speaker ORDER BY quotes DESC, speaker LIMIT 20;

-- What share of the quotes has a source without a name, by outlet?
SELECT outlet, count(*) AS quotes,
       round(100.0 * count(*) FILTER (speaker_kind = 'unnamed' OR speaker IS NULL) / count(*), 1) AS unnamed_percent
FROM quotes GROUP BY outlet ORDER BY quotes DESC, outlet;

-- All that one person said, by month. Dates stand as on the page; those that DuckDB cannot read are left out.
SELECT date_trunc('month', try_cast(published AS TIMESTAMP)) AS month, count(*) AS quotes, list(text ORDER BY story) AS texts
FROM quotes WHERE speaker = 'Ann Lee' AND try_cast(published AS TIMESTAMP) IS NOT NULL GROUP BY month ORDER BY month;
