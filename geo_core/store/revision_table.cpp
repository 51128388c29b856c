#include "geo_core/store/revision_table.hpp"

#include "geo_core/store/content_hash.hpp"

namespace riskbild::store {

Revision newest_revision(Connection& connection)
{
    return Revision{connection.integer("SELECT coalesce(max(id), 0) FROM revisions")};
}

Revision add_revision(Connection& connection, std::string_view source, std::string_view file,
                      RevisionCounts const& counts)
{
    Revision const next{newest_revision(connection).value() + 1};
    Statement(connection,
              "INSERT INTO revisions(id, committed_at, source, file, new_reports, new_versions, set_aside) "
              "VALUES (?1, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?2, ?3, ?4, ?5, ?6)")
        .run(next.value(), source, file, counts.new_reports, counts.new_versions, counts.set_aside);
    Statement(connection, "UPDATE store_info SET value = ?1 WHERE name = 'epoch'").run(random_epoch());
    return next;
}

}  // namespace riskbild::store
