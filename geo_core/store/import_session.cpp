#include "geo_core/store/import_session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "geo_core/store/content_hash.hpp"
#include "geo_core/store/county_table.hpp"
#include "geo_core/store/import_log.hpp"
#include "geo_core/store/incident_writer.hpp"
#include "geo_core/store/kind_dictionary.hpp"
#include "geo_core/store/report_linker.hpp"
#include "geo_core/store/report_writer.hpp"
#include "geo_core/store/revision_table.hpp"
#include "geo_core/store/set_aside_table.hpp"
#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

namespace {

/// 128 MB for what a million reports need at once: the index of keys, whose pages are met in no order. What
/// an import deletes was derived from reports that stay, so it need not be wiped from the file. A log that
/// grew large is cut off when its writes are in the file.
Connection& prepared(Connection& connection)
{
    connection.execute(
        "PRAGMA cache_size = -131072; PRAGMA secure_delete = OFF; PRAGMA journal_size_limit = 67108864");
    return connection;
}

/// The county with the sources as they are within this transaction: another process may have added one.
std::shared_ptr<County const> with_present_sources(Connection& connection, County const& county)
{
    auto present = std::make_shared<County>(county);
    present->sources = read_sources(connection);
    return present;
}

SourceId source_id(County const& county, std::string const& name)
{
    auto const found = std::ranges::find(county.sources, name, &Source::name);
    return SourceId{static_cast<std::uint8_t>(found - county.sources.begin())};
}

void add_reports(Connection& connection, std::string_view condition, std::int64_t value,
                 std::vector<std::int64_t>& reports)
{
    Statement all(connection,
                  fmt::format("SELECT r.id FROM reports r JOIN report_versions v ON v.id = r.id * 65536 + "
                              "r.current_version WHERE {}",
                              condition));
    all.query(value);
    while (all.step()) {
        reports.push_back(all.integer(0));
    }
}

class GeoPackageImport final : public ImportSession {
public:
    GeoPackageImport(std::filesystem::path const& file, County const& county, Source const& source,
                     std::string file_name, int public_id_length)
        : connection_(file, Connection::Mode::read_write),
          transaction_(prepared(connection_), Transaction::Kind::write),
          reranked_(write_source(connection_, source)),
          county_(with_present_sources(connection_, county)),
          source_(source.name),
          file_name_(std::move(file_name)),
          kinds_(connection_, county_->kinds),
          reports_(connection_, *county_, kinds_, source_id(*county_, source_)),
          linker_(connection_, *county_, kinds_),
          incidents_(connection_, *county_, kinds_, public_id_length)
    {
        // What follows from the reports may be otherwise now, though no report changed.
        for (auto const kind : kinds_.refresh()) {
            add_reports(connection_, "v.kind_id = ?1", kind, rederived_);
        }
        if (reranked_) {
            add_reports(connection_, "r.incident_id <> r.id AND ?1", 1, rederived_);
        }
    }

    Result<Taken> take(Report const& report) override
    {
        return unless_broken([&] { return reports_.take(report); });
    }

    Result<Taken> take_from_desk(Report const& report) override
    {
        return unless_broken([&] { return reports_.take_from_desk(report); });
    }

    Result<void> set_aside(SetAside const& row) override
    {
        return unless_broken([&] {
            if (!set_aside_) {
                prepare_set_aside();
            }
            auto const hash = content_hash(row.payload);
            auto const number = static_cast<std::int64_t>(row.row);
            set_aside_.run(row.source, Blob(hash), row.reason, row.file, number, row.column, row.message,
                           row.payload, recipe_);
            if (connection_.changes() > 0) {
                ++set_aside_count_;
            } else {
                reword_.run(row.source, Blob(hash), row.reason, row.file, number, row.column, row.message);
                if (recipe_) {
                    reread_.run(row.source, Blob(hash), row.reason, *recipe_);
                }
                is_settled_.query(row.source, Blob(hash));
                settled_before_ += is_settled_.step() ? 1 : 0;
                is_settled_.reset();
            }
        });
    }

    Result<void> read_by(std::string recipe) override
    {
        recipe_text_ = std::move(recipe);
        return {};
    }

    std::uint64_t settled_before() const override { return settled_before_; }

    Result<Standing> standing(ReportKey const& key, std::string const& payload) override
    {
        return unless_broken([&] { return standing_of(connection_, *county_, key, payload); });
    }

    Result<void> settle(std::int64_t row, Settlement const& settlement) override
    {
        return unless_broken([&] { write_settlement(connection_, *county_, row, settlement); });
    }

    Result<std::optional<SameRows>> same_rows(std::uint64_t rows_hash) override
    {
        return unless_broken([&] { return read_same_rows(connection_, rows_hash); });
    }

    Result<void> note(ImportReport const& report, std::uint64_t rows_hash) override
    {
        return unless_broken([&] { write_import(connection_, source_, file_name_, report, rows_hash); });
    }

    Result<Revision> commit() override
    {
        auto result = unless_broken([&] {
            link();
            RevisionCounts const counts{static_cast<std::int64_t>(reports_.new_reports().size()),
                                        reports_.new_versions(), set_aside_count_};
            bool const changed = counts.new_reports + counts.new_versions + counts.set_aside > 0 ||
                                 reranked_ || reports_.changed() || incidents_.changed();
            auto const revision = changed ? add_revision(connection_, source_, file_name_, counts)
                                          : newest_revision(connection_);
            transaction_.commit();
            connection_.empty_log();
            return revision;
        });
        if (result) {
            broken_ = Error{ErrorCode::wrong_use, "the import has been committed and takes nothing more"};
        }
        return result;
    }

private:
    /// A contradiction in one report leaves the session usable; anything else ends it.
    template <class Body>
    auto unless_broken(Body&& body) -> Result<std::invoke_result_t<Body>>
    {
        if (broken_) {
            return Failure{*broken_};
        }
        auto result = guarded(std::forward<Body>(body));
        if (!result && result.error().code != ErrorCode::wrong_use) {
            broken_ = result.error();
        }
        return result;
    }

    /// Most files have none.
    void prepare_set_aside()
    {
        set_aside_ = Statement(
            connection_,
            "INSERT INTO set_aside_rows(source, payload_hash, reason, file, row_number, column_name, "
            "message, payload, recipe_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
            "ON CONFLICT(source, payload_hash, reason) DO NOTHING");
        // The same row may be described differently in two files; the lesser words stay, whichever came
        // first.
        reword_ = Statement(
            connection_,
            "UPDATE set_aside_rows SET file = ?4, row_number = ?5, column_name = ?6, message = ?7 "
            "WHERE source = ?1 AND payload_hash = ?2 AND reason = ?3 AND (column_name, message) > (?6, ?7)");
        // Of several files the one seen last says how, whichever came first.
        reread_ = Statement(
            connection_,
            "WITH seen AS (SELECT id, coalesce(json_extract(recipe, '$.observed'), json_extract(recipe, "
            "'$.observed_else'), '') AS at, recipe FROM reading_recipes) UPDATE set_aside_rows SET recipe_id "
            "= ?4 WHERE source = ?1 AND payload_hash = ?2 AND reason = ?3 AND coalesce((SELECT (f.at, "
            "f.recipe) > (s.at, s.recipe) FROM seen f, seen s WHERE f.id = ?4 AND s.id = recipe_id), true)");
        is_settled_ =
            Statement(connection_,
                      "SELECT 1 FROM set_aside_decisions WHERE source = ?1 AND payload_hash = ?2 AND "
                      "state IN ('taken', 'outside', 'dropped')");
        if (!recipe_text_.empty()) {
            recipe_ = recipe_number(connection_, recipe_text_);
        }
    }

    void link()
    {
        if (reports_.is_first_import()) {
            linker_.note_rules();
        }
        if (linker_.is_current()) {
            reports_.link(linker_.update(reports_.new_reports(), reports_.to_link()));
            auto to_link = reports_.to_link();
            to_link.insert(to_link.end(), rederived_.begin(), rederived_.end());
            incidents_.write(reports_.new_reports(), to_link, reports_.former_cases());
        } else {
            linker_.rebuild();
            incidents_.rebuild();
        }
    }

    Connection connection_;
    Transaction transaction_;
    bool reranked_;  ///< the source was known by another title or rank
    std::shared_ptr<County const> county_;
    std::string source_;
    std::string file_name_;
    KindDictionary kinds_;
    ReportWriter reports_;
    ReportLinker linker_;
    IncidentWriter incidents_;
    Statement set_aside_, reword_, reread_, is_settled_;
    std::string recipe_text_;
    std::optional<std::int64_t> recipe_;  ///< once a row is set aside
    std::uint64_t settled_before_ = 0;
    std::vector<std::int64_t> rederived_;
    std::int64_t set_aside_count_ = 0;
    std::optional<Error> broken_;
};

}  // namespace

std::unique_ptr<ImportSession> begin_import_session(std::filesystem::path const& file, County const& county,
                                                    Source const& source, std::string file_name,
                                                    int public_id_length)
{
    return std::make_unique<GeoPackageImport>(file, county, source, std::move(file_name), public_id_length);
}

}  // namespace riskbild::store
