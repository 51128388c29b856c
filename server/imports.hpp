#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "geo_core/store/store.hpp"
#include "importers/import.hpp"
#include "importers/points/profile_changes.hpp"
#include "importers/points/profile_suggestion.hpp"
#include "importers/readers/scratch_folder.hpp"
#include "server/uploaded_file.hpp"

namespace riskbild::server {

/// What is to be done with a file that was sent.
struct ImportWish {
    std::string by;
    std::string source;  ///< `points`, `police`, `gtfs` …
    bool dry_run = false;
    std::string profile{};                ///< points: a built-in column profile; empty: the suggested one …
    importers::ProfileChanges changes{};  ///< … with these changes
    std::optional<importers::ColumnProfile> own_profile{};  ///< instead of both: one of the sender's own
    std::string layer{};
    bool swap_positions = false;
    std::optional<Instant> observed{};
    importers::PlaceOptions places{};
};

/// What a person knows of a file that was sent, for looking at it again.
struct LookWish {
    std::string layer{};        ///< sheet or layer, where there are several
    std::string kind_column{};  ///< that holds the kinds
};

/// A file that was sent, and how far it has come.
struct ImportState {
    enum class Step : std::uint8_t { waiting, running, done, failed, cancelled };
    std::int64_t id = 0;
    std::string file;   ///< name as sent, without folders
    std::string layer;  ///< sheet or layer that was asked for, or empty
    std::uint64_t bytes = 0;
    Step step = Step::waiting;
    std::string source;  ///< that it seems to be of
    std::optional<importers::ProfileSuggestion> suggestion{};
    std::optional<Error> no_suggestion{};  ///< why there is none, of a table
    bool dry_run = false;                  ///< the last run was one
    importers::ImportProgress progress{};
    std::optional<ImportReport> report{};
    std::optional<Error> error{};
};

/// Files taken in through the server, one at a time. What was sent lies in a scratch folder until the next
/// file comes, it was taken in, or the server stops. Any thread may ask.
class Imports {
public:
    /// \param changed called after a file was taken in
    static Result<std::unique_ptr<Imports>> make(std::filesystem::path store, std::function<void()> changed);
    /// Gives up what is under way: nothing of its file stays.
    ~Imports();

    /// Where what is sent is to be put.
    [[nodiscard]] std::filesystem::path const& folder() const { return folder_.path(); }

    /// A file was sent: looks at it. Takes the place of one that is not being taken in.
    /// \return ErrorCode::busy while another is being taken in, ErrorCode::wrong_use for a name that is none
    Result<ImportState> receive(UploadedFile const& file, std::string const& name, County const& county);
    /// Looks at it again; what a run before said of it is forgotten.
    /// \return ErrorCode::not_found, ErrorCode::busy, ErrorCode::wrong_use
    Result<ImportState> look(std::int64_t id, LookWish const& wish, County const& county);
    /// \return ErrorCode::not_found
    Result<ImportState> state(std::int64_t id) const;
    /// The file that was sent last, also one that has ended; nothing where none was.
    std::optional<ImportState> last() const;
    /// Begins to take it in. \return ErrorCode::not_found, ErrorCode::busy, ErrorCode::wrong_use
    Result<ImportState> run(std::int64_t id, ImportWish wish);
    /// Gives it up, and removes the file. \return ErrorCode::not_found
    Result<ImportState> cancel(std::int64_t id);

    struct Made;
    explicit Imports(Made made);  ///< for `make` only: nobody else has a Made

private:
    void take_in(ImportWish const& wish);
    Result<ImportReport> import(ImportWish const& wish);
    Result<importers::ImportRequest> request_of(ImportWish const& wish);
    void forget_file();

    std::filesystem::path store_;
    std::function<void()> changed_;
    importers::ScratchFolder folder_;
    mutable std::mutex mutex_;  // guards state_ and path_
    std::optional<ImportState> state_;
    std::filesystem::path path_;  // of the file that was sent
    std::int64_t last_id_ = 0;
    std::int64_t looked_at_ = 0;  // the import whose file has been looked at, and is not just now
    std::atomic<bool> give_up_{false};
    std::thread thread_;
};

}  // namespace riskbild::server
