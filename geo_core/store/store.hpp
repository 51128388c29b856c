#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo_core/figure.hpp"
#include "geo_core/incident.hpp"
#include "geo_core/link_review.hpp"
#include "geo_core/named_place.hpp"
#include "geo_core/report.hpp"
#include "geo_core/result.hpp"
#include "geo_core/set_aside.hpp"
#include "geo_core/snapshot.hpp"
#include "geo_core/view.hpp"

namespace riskbild {

/// What happened to one report handed to the store.
enum class Taken : std::uint8_t {
    new_,
    revised,
    contested,  ///< revised, but another wording was seen at the very same moment: not time decides between
                ///< them
    unchanged,
    duplicate_id,
};

/// What an import did: `read = kept (new + revised) + unchanged + outside + set_aside`.
/// `context` tells how many of the kept are digests, so it is not a summand.
struct ImportReport {
    std::string source;
    std::vector<std::string> files;
    std::uint64_t read = 0, new_ = 0, revised = 0, unchanged = 0, outside = 0, set_aside = 0, context = 0;
    std::vector<std::pair<std::string, std::uint64_t>> reasons;  ///< set-aside reasons with counts, sorted
    std::vector<SetAside> rows;      ///< the first 1 000 set aside; all are in the store
    std::vector<std::string> notes;  ///< what was detected or warned of, in sentences
    /// Of several files those of which nothing is imported, as they cannot be read: name, and why.
    std::vector<std::pair<std::string, std::string>> not_imported;
    Revision revision;  ///< after the import
    [[nodiscard]] std::uint64_t kept() const { return new_ + revised; }
};

/// What became of the rows of a source's files, all imports together: a file taken in twice counts twice.
struct ImportSums {
    std::string source;
    std::uint64_t files = 0;
    std::uint64_t read = 0, new_ = 0, revised = 0, unchanged = 0, outside = 0, set_aside = 0, context = 0;
    Instant last;           ///< when the last file was taken in
    std::string last_file;  ///< name without folders
};

/// An import of the very same rows.
struct SameRows {
    std::string source;
    std::string file;  ///< name without folders
    Instant at;
    std::uint64_t in_store = 0;  ///< of them: new, revised or unchanged then
};

/// What the store knows of a report before it is taken.
enum class Standing : std::uint8_t { unknown, says_otherwise, says_the_same };

/// One source file being taken in: a single transaction. Dropped without `commit()`, nothing of it
/// stays. Not to be shared between threads.
class ImportSession {
public:
    virtual ~ImportSession() = default;
    /// A second report with one key and one `observed_at` but other content within this session is
    /// refused as `Taken::duplicate_id`: set it aside.
    virtual Result<Taken> take(Report const& report) = 0;
    /// As `take`, for a row of the desk. What the report has said already was read by another import, and
    /// stays as read; that it was seen then too is the desk's word, and goes when the row is undone.
    virtual Result<Taken> take_from_desk(Report const& report) = 0;
    virtual Result<void> set_aside(SetAside const& row) = 0;
    /// How the rows of this file are read; before any is set aside. \see importers/reading_recipe.hpp
    virtual Result<void> read_by(std::string recipe) = 0;
    /// Rows set aside in this session that the desk has settled already; they stay settled.
    [[nodiscard]] virtual std::uint64_t settled_before() const = 0;
    virtual Result<Standing> standing(ReportKey const& key, std::string const& payload) = 0;
    /// What came of a row of the desk that this session took in again. \return ErrorCode::not_found
    virtual Result<void> settle(std::int64_t row, Settlement const& settlement) = 0;
    /// The import that had the same rows and kept most of them, of whatever source.
    virtual Result<std::optional<SameRows>> same_rows(std::uint64_t rows_hash) = 0;
    /// What became of the file's rows: kept for `import_sums`. Of a file that changed nothing too.
    /// \param rows_hash of the rows as received, the same in any order
    virtual Result<void> note(ImportReport const& report, std::uint64_t rows_hash) = 0;
    /// Links reports into incidents, maintains geometry index and revision, makes everything durable.
    /// \return the store's revision: unchanged when nothing was.
    virtual Result<Revision> commit() = 0;
};

/// What one file says of named places, area sets and figures being taken in: a single transaction. Dropped
/// without `commit()`, nothing of it stays. Not to be shared between threads.
class PlaceSession {
public:
    virtual ~PlaceSession() = default;
    /// `Taken::duplicate_id` for a second one with a key of this session but other content: set it aside.
    virtual Result<Taken> put(NamedPlace const& place) = 0;
    virtual Result<Taken> put(Figure const& figure) = 0;
    virtual Result<Taken> put(StoredAreaSet const& set) = 0;
    virtual Result<void> set_aside(SetAside const& row) = 0;

    struct Committed {
        Revision revision;  ///< unchanged when nothing was
        /// Named places, area sets and figures that the source no longer tells of; a figure of another
        /// period takes the former's place.
        std::uint64_t gone = 0;
    };
    /// Forgets what a whole extract no longer has, and makes everything durable.
    virtual Result<Committed> commit() = 0;
};

/// Which figures; an empty text stands for every one.
struct FigureChoice {
    std::string measure{};
    std::string area_set{};
    std::string source{};
};

/// Everything that Riskbild knows of one county: reports, incidents and their history, in one place.
/// Every committed write that changes what anybody can see is a revision. GeoPackage file by default;
/// PostgreSQL later, same interface.
class Store {
public:
    enum class Access { read_only, read_write };

    virtual ~Store() = default;

    [[nodiscard]] virtual std::shared_ptr<County const> county() const = 0;
    virtual Result<Revision> revision() = 0;
    /// One file of one source. A source that the store knows gets the title and rank given here.
    /// \return ErrorCode::wrong_use for a source whose reports are made up here and real there
    virtual Result<std::unique_ptr<ImportSession>> begin_import(Source const& source,
                                                                std::string file_name) = 0;
    /// All current incidents at the newest revision, one consistent read.
    virtual Result<std::shared_ptr<Snapshot const>> snapshot() = 0;
    /// What the sources say of one incident. Asks the view first: ErrorCode::forbidden where the role may
    /// not, ErrorCode::not_found where there is none. An absorbed id finds the incident it became part of.
    virtual Result<IncidentDetails> details(View const& view, IncidentId id) = 0;
    virtual Result<IncidentDetails> details(View const& view, std::string const& public_id) = 0;
    /// Rows set aside and not taken in since, the newest first.
    virtual Result<std::vector<SetAside>> set_aside_rows(SetAsideChoice const& choice, std::size_t limit) = 0;
    /// Forgets such rows for good, as when they have been corrected under other words. No revision: nothing
    /// that a view shows follows from them. \return how many; ErrorCode::unwritable
    virtual Result<std::size_t> discard_set_aside(SetAsideChoice const& choice) = 0;

    /// One for each source that anything was taken in of, by name.
    virtual Result<std::vector<ImportSums>> import_sums() = 0;
    /// The desk: rows that were set aside and what was done about them.
    virtual Result<SetAsidePage> set_aside_page(SetAsideQuery const& query) = 0;
    /// \return ErrorCode::not_found
    virtual Result<SetAsideEntry> set_aside_entry(std::int64_t id) = 0;
    /// Keeps a correction beside the row, in place of an earlier one; nothing is taken in. No revision.
    /// \return ErrorCode::not_found; ErrorCode::wrong_use for a row that is taken or dropped
    virtual Result<void> correct_set_aside(std::int64_t id, Correction const& correction) = 0;
    /// Takes rows off the list, also for later imports. No revision. \return as `correct_set_aside`
    virtual Result<void> drop_set_aside(std::vector<std::int64_t> const& ids, std::string const& by,
                                        Instant at) = 0;
    /// One step back: a row taken in or dropped returns to the list, and a version that it made is gone as if
    /// it had never been; of one on the list the correction is forgotten.
    /// \return the revision, a new one where a version went; ErrorCode::not_found; ErrorCode::wrong_use where
    /// nothing was done
    virtual Result<Revision> undo_set_aside(std::int64_t id) = 0;

    /// The review list. Names reports only; `compare` shows them.
    virtual Result<LinkCandidates> link_candidates(LinkCandidateChoice const& choice) = 0;
    /// Two reports beside each other. Errors as `details`; ErrorCode::not_found for a report that is not
    /// there.
    virtual Result<LinkComparison> compare(View const& view, ReportKey const& a, ReportKey const& b) = 0;
    /// All that was decided, in order of keys.
    virtual Result<std::vector<LinkVerdict>> verdicts() = 0;
    /// Joins or parts two reports for good, in place of an earlier verdict on them. \return the new revision;
    /// ErrorCode::not_found for a report that is not there, ErrorCode::wrong_use where other verdicts
    /// contradict
    virtual Result<Revision> decide(LinkVerdict const& verdict) = 0;
    /// As if it had never been decided. \return the new revision; ErrorCode::not_found
    virtual Result<Revision> withdraw(ReportKey const& a, ReportKey const& b) = 0;
    /// What one source says of named places, area sets and figures. It need not be a source of reports.
    virtual Result<std::unique_ptr<PlaceSession>> begin_places(PlaceSource const& source,
                                                               std::string file_name) = 0;
    /// All named places, in no order that means something, one consistent read. `use` must not call the
    /// store.
    virtual Result<void> each_named_place(std::function<void(NamedPlace const&)> const& use) = 0;
    virtual Result<std::vector<PlaceSource>> place_sources() = 0;
    /// The further area sets, by name and first year. \param with_borders else `SetArea::shape` stays empty
    virtual Result<std::vector<StoredAreaSet>> area_sets(bool with_borders) = 0;
    /// In order of measure, area and place, and period.
    virtual Result<std::vector<Figure>> figures(FigureChoice const& choice) = 0;

    struct CheckReport {
        std::vector<std::string> findings;  ///< empty = sound
        std::uint64_t reports = 0, versions = 0, incidents = 0, set_aside = 0, named_places = 0, figures = 0;
    };
    /// Verifies the file, its indexes and its own rules (every report in one incident, …).
    /// With `repair`, rebuilds what can be derived.
    virtual Result<CheckReport> check(bool repair) = 0;
    /// Canonical text of everything that was said: the same for the same reports in any order of import.
    virtual Result<void> dump(std::ostream& out) = 0;
};

/// Creates `county.gpkg`. \return ErrorCode::wrong_use when the file exists, ErrorCode::unwritable without
/// permission.
Result<std::unique_ptr<Store>> create_store(std::filesystem::path const& file, Profile const& profile);
/// As above, with areas in place of the profile's own.
Result<std::unique_ptr<Store>> create_store(std::filesystem::path const& file, Profile const& profile,
                                            AreaSet const& areas);
/// \return ErrorCode::not_found, ErrorCode::newer_version, ErrorCode::damaged (not a GeoPackage of ours) …
Result<std::unique_ptr<Store>> open_store(std::filesystem::path const& file, Store::Access access);

}  // namespace riskbild
