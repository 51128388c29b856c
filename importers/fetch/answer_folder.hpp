#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/result.hpp"
#include "geo_core/time.hpp"
#include "importers/fetch/fetch_schedule.hpp"

namespace riskbild::importers {

/// What a feed answered, kept as received in a folder, so that nothing is lost when taking it in fails and
/// all of it can be taken in anew into another store:
///
///     county.answers/police/police_20260601T120000Z.json.gz   taken in
///     county.answers/police/waiting/…                         not yet; the next fetch begins with them
///     county.answers/police/refused/…                         no answers that an importer understands
///     county.answers/police/.state.json                       when the feed may be asked next
///
/// A file is there whole or not at all. One program at a time has the folder.
class AnswerFolder {
public:
    /// Makes it where it is not there. \return ErrorCode::busy while another fetch has it,
    /// ErrorCode::unwritable
    static Result<AnswerFolder> open(std::filesystem::path const& folder);
    AnswerFolder(AnswerFolder&& other) noexcept;
    AnswerFolder& operator=(AnswerFolder&& other) noexcept;
    ~AnswerFolder();

    /// Puts an answer among those that wait, on the disk for good. Its name tells when it came.
    /// \param stem `police` \param ending `.json` \return its path; ErrorCode::full, ErrorCode::unwritable
    Result<std::filesystem::path> keep(std::string_view stem, Instant received, std::string_view ending,
                                       std::string_view body) const;
    /// Answers that have not been taken in, the oldest first.
    [[nodiscard]] Result<std::vector<std::filesystem::path>> waiting() const;
    Result<void> taken_in(std::filesystem::path const& answer) const;
    /// \return where it is now
    Result<std::filesystem::path> refused(std::filesystem::path const& answer) const;

    /// What was remembered, with the words that the feed's own code keeps there. A state that cannot be read
    /// is an empty one that was just called.
    struct Memory {
        FetchState schedule{};
        std::string progress{};  ///< how far a feed of several pages has come; empty for others
        bool operator==(Memory const&) const = default;
    };
    [[nodiscard]] Memory remembered(Instant now) const;
    Result<void> remember(Memory const& memory) const;

    [[nodiscard]] std::filesystem::path const& path() const { return folder_; }

private:
    AnswerFolder(std::filesystem::path folder, int lock) : folder_(std::move(folder)), lock_(lock) {}
    std::filesystem::path folder_;
    int lock_ = -1;
};

/// A memory as it is written, and read again. \return nothing for what is no memory
[[nodiscard]] std::string memory_text(AnswerFolder::Memory const& memory);
[[nodiscard]] std::optional<AnswerFolder::Memory> parse_memory(std::string_view text);

}  // namespace riskbild::importers
