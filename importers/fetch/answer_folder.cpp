#include "importers/fetch/answer_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "geo_core/read_file.hpp"
#include "importers/fetch/durable_file.hpp"
#include "importers/readers/json_value.hpp"

namespace riskbild::importers {
namespace {

namespace fs = std::filesystem;

constexpr char const* kState = ".state.json";
constexpr char const* kWaiting = "waiting";
constexpr char const* kRefused = "refused";

Result<void> make_folder(fs::path const& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (!error && fs::is_directory(folder, error))
        return {};
    return fail(ErrorCode::unwritable,
                fmt::format("the folder {} cannot be made: {}", folder.string(),
                            error ? error.message() : "something else has that name"),
                "answers");
}

// What was being written when a program ended: half of something, and its name was never known to anybody.
void remove_half_files(fs::path const& folder)
{
    std::error_code error;
    std::vector<fs::path> halves;
    for (fs::directory_iterator entry{folder, error}, end; !error && entry != end; entry.increment(error))
        if (entry->path().filename().string().starts_with(kHalfFile))
            halves.push_back(entry->path());
    for (auto const& half : halves)
        fs::remove(half, error);
}

// `20260601T120000Z`, by which an import knows when it was observed.
std::string stamp_of(Instant received)
{
    auto text = to_text(received);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

std::optional<Instant> instant_of(JsonValue const* value)
{
    return value == nullptr ? std::nullopt : parse_instant(value->text);
}

}  // namespace

std::string memory_text(AnswerFolder::Memory const& memory)
{
    std::string calls;
    for (auto const call : memory.schedule.calls)
        calls += fmt::format("{}\"{}\"", calls.empty() ? "" : ",", to_text(call));
    std::string progress;
    append_json_string(memory.progress, progress);
    return fmt::format(R"({{"calls":[{}],"failures":{},"not_before":{},"progress":{}}})"
                       "\n",
                       calls, memory.schedule.failures,
                       memory.schedule.not_before ? '"' + to_text(*memory.schedule.not_before) + '"' : "null",
                       progress);
}

std::optional<AnswerFolder::Memory> parse_memory(std::string_view text)
{
    auto const json = parse_json(text);
    if (!json || json->type != JsonValue::Type::object)
        return std::nullopt;
    auto const* const calls = json->find("calls");
    auto const* const failures = json->find("failures");
    auto const* const progress = json->find("progress");
    if (calls == nullptr || calls->type != JsonValue::Type::array || failures == nullptr ||
        progress == nullptr)
        return std::nullopt;
    AnswerFolder::Memory memory{.schedule = {.not_before = instant_of(json->find("not_before"))},
                                .progress = progress->text};
    for (auto const& item : calls->items) {
        auto const call = parse_instant(item.text);
        if (!call)
            return std::nullopt;
        memory.schedule.calls.push_back(*call);
    }
    auto const* const end = failures->text.data() + failures->text.size();
    auto const read = std::from_chars(failures->text.data(), end, memory.schedule.failures);
    if (read.ec != std::errc{} || read.ptr != end)
        return std::nullopt;
    return memory;
}

Result<AnswerFolder> AnswerFolder::open(fs::path const& folder)
{
    for (auto const& part : {folder, folder / kWaiting, folder / kRefused})
        if (auto const made = make_folder(part); !made)
            return Failure{made.error()};
    auto const lock = ::open((folder / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0)
        return fail(ErrorCode::unwritable,
                    fmt::format("cannot write into {}: {}", folder.string(), std::strerror(errno)),
                    "answers");
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock);
        return fail(
            ErrorCode::busy,
            fmt::format("another riskbild fetch has the folder {}; end it or name another with --answers",
                        folder.string()),
            "answers");
    }
    for (auto const& part : {folder, folder / kWaiting})
        remove_half_files(part);
    return AnswerFolder{folder, lock};
}

AnswerFolder::AnswerFolder(AnswerFolder&& other) noexcept
    : folder_(std::move(other.folder_)), lock_(std::exchange(other.lock_, -1))
{
}

AnswerFolder& AnswerFolder::operator=(AnswerFolder&& other) noexcept
{
    std::swap(folder_, other.folder_);
    std::swap(lock_, other.lock_);
    return *this;
}

AnswerFolder::~AnswerFolder()
{
    if (lock_ >= 0)
        ::close(lock_);
}

Result<fs::path> AnswerFolder::keep(std::string_view stem, Instant received, std::string_view ending,
                                    std::string_view body) const
{
    auto const packed = gzip(body);
    if (!packed)
        return Failure{packed.error()};
    fs::path name;
    std::error_code ignored;
    for (int i = 1; name.empty() || fs::exists(folder_ / kWaiting / name, ignored) ||
                    fs::exists(folder_ / kRefused / name, ignored) || fs::exists(folder_ / name, ignored);
         ++i)
        name = fmt::format("{}_{}{}{}.gz", stem, stamp_of(received), i == 1 ? "" : fmt::format("_{}", i),
                           ending);
    auto const file = folder_ / kWaiting / name;
    if (auto const written = write_durably(file, *packed); !written)
        return Failure{written.error()};
    return file;
}

Result<std::vector<fs::path>> AnswerFolder::waiting() const
{
    std::vector<fs::path> answers;
    std::error_code error;
    for (fs::directory_iterator entry{folder_ / kWaiting, error}, end; !error && entry != end;
         entry.increment(error))
        if (!entry->path().filename().string().starts_with('.'))
            answers.push_back(entry->path());
    if (error)
        return fail(ErrorCode::unreadable, fmt::format("the folder {} cannot be read: {}",
                                                       (folder_ / kWaiting).string(), error.message()));
    std::ranges::sort(answers);
    return answers;
}

Result<void> AnswerFolder::taken_in(fs::path const& answer) const
{
    return move_durably(answer, folder_ / answer.filename());
}

Result<fs::path> AnswerFolder::refused(fs::path const& answer) const
{
    auto to = folder_ / kRefused / answer.filename();
    if (auto const moved = move_durably(answer, to); !moved)
        return Failure{moved.error()};
    return to;
}

AnswerFolder::Memory AnswerFolder::remembered(Instant now) const
{
    std::error_code ignored;
    if (!fs::exists(folder_ / kState, ignored))
        return {};
    auto const text = read_file(folder_ / kState);
    auto memory = text ? parse_memory(*text) : std::nullopt;
    return memory ? *std::move(memory) : Memory{.schedule = {.calls = {now}}};
}

Result<void> AnswerFolder::remember(Memory const& memory) const
{
    return write_durably(folder_ / kState, memory_text(memory));
}

}  // namespace riskbild::importers
