#include "cli/output.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <tuple>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/new_file.hpp"

namespace riskbild::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kOnTerminal = std::chrono::milliseconds(100);
constexpr auto kElsewhere = std::chrono::seconds(3);

bool stderr_is_terminal()
{
    static bool const is_terminal = ::isatty(STDERR_FILENO) == 1;
    return is_terminal;
}

}  // namespace

Result<void> Output::answer(std::string_view text, server::JsonText const& object)
{
    end_progress();
    if (json_)
        return write(object.text() + "\n");
    return write(text);
}

Result<void> Output::write(std::string_view text)
{
    auto const written = text.empty() ? 0 : std::fwrite(text.data(), 1, text.size(), stdout);
    if (written == text.size() && std::fflush(stdout) == 0)
        return {};
    return Failure(writing_error(errno, "cannot write to standard output"));
}

void Output::note(std::string_view text)
{
    std::ignore = std::fwrite(text.data(), 1, text.size(), stderr);
}

void Output::progress(std::string_view line)
{
    auto const now = Clock::now();
    if (!std::exchange(has_started_, true))
        last_progress_ = stderr_is_terminal() ? Clock::time_point{} : now;
    if (now - last_progress_ <
        (stderr_is_terminal() ? Clock::duration(kOnTerminal) : Clock::duration(kElsewhere)))
        return;
    last_progress_ = now;
    if (stderr_is_terminal()) {
        note(fmt::format("\r\x1b[K{}", line));
        line_open_ = true;
    } else {
        note(fmt::format("{}\n", line));
    }
}

void Output::end_progress()
{
    if (std::exchange(line_open_, false))
        note("\r\x1b[K");
}

void Output::failure(Error const& error)
{
    end_progress();
    if (!json_) {
        note(fmt::format("riskbild: {}\n", one_line(error.message)));
        return;
    }
    server::JsonText json;
    json.object([&] {
        json.field("code", name_of(error.code));
        json.field("message", error.message);
        if (!error.field.empty())
            json.field("field", error.field);
    });
    if (!write(json.text() + "\n"))
        note(fmt::format("riskbild: {}\n", error.message));
}

std::string one_line(std::string_view text)
{
    std::string line(text);
    std::ranges::replace_if(
        line, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    return line;
}

std::string in_a_shell(std::string_view word)
{
    auto const is_plain = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80 ||
               std::string_view{"-_./:,+@%="}.find(c) != std::string_view::npos;
    };
    if (!word.empty() && std::ranges::all_of(word, is_plain))
        return std::string{word};
    std::string quoted = "'";
    for (char const c : word)
        quoted += c == '\'' ? std::string{"'\\''"} : std::string(1, c);
    return quoted + "'";
}

int exit_code_of(ErrorCode code)
{
    return code == ErrorCode::wrong_use ? 2 : 1;
}

}  // namespace riskbild::cli
