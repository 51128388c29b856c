#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "geo_core/result.hpp"
#include "server/json_text.hpp"

namespace riskbild::cli {

/// What a command says: its answer on standard output, as text for people or with `--json` as one
/// object; progress on standard error. A closed or full standard output becomes an error, not a crash.
class Output {
public:
    explicit Output(bool json) : json_(json) {}

    [[nodiscard]] bool is_json() const { return json_; }

    /// The answer of the command, in the form that was asked for. \param object the whole JSON object
    Result<void> answer(std::string_view text, server::JsonText const& object);
    /// \return ErrorCode::full or unwritable when standard output takes no more
    static Result<void> write(std::string_view text);
    /// Writes to standard error. Where that takes nothing, nobody can be told, and work goes on.
    static void note(std::string_view text);

    /// A line about how far work has come, on standard error also under `--json`. On a terminal the line
    /// replaces the one before, several times a second; otherwise one is written every few seconds.
    void progress(std::string_view line);
    /// Ends the line of progress on a terminal.
    void end_progress();

    /// Says what went wrong: one sentence on standard error, or with `--json` the object `code`, `message`,
    /// `field`.
    void failure(Error const& error);

private:
    bool json_;
    bool line_open_ = false;
    std::chrono::steady_clock::time_point last_progress_{};
    bool has_started_ = false;
};

/// Text from somebody's file for a line on a terminal, which would obey its control characters.
[[nodiscard]] std::string one_line(std::string_view text);

/// A word of a command line that a person may paste: in quotation marks where a shell would take it apart.
[[nodiscard]] std::string in_a_shell(std::string_view word);

/// 2 for wrong use, 1 for everything else that can go wrong.
[[nodiscard]] int exit_code_of(ErrorCode code);

}  // namespace riskbild::cli
