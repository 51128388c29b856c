#include "importers/readers/byte_source.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <zlib.h>

#include "importers/readers/web_page.hpp"

namespace riskbild::importers {
namespace {

constexpr std::size_t kChunk = std::size_t{256} << 10;

struct CloseFile {
    void operator()(std::FILE* file) const
    {
        if (file != stdin)
            std::fclose(file);
    }
};
using FileHandle = std::unique_ptr<std::FILE, CloseFile>;

std::string why(int error)
{
    return std::generic_category().message(error);
}

class Inflater {
public:
    Inflater() { ready_ = inflateInit2(&stream_, 16 + MAX_WBITS) == Z_OK; }  // 16: gzip framing only
    Inflater(Inflater const&) = delete;
    Inflater& operator=(Inflater const&) = delete;
    ~Inflater() { inflateEnd(&stream_); }

    bool ready() const { return ready_; }
    z_stream& stream() { return stream_; }
    void restart() { inflateReset(&stream_); }

private:
    z_stream stream_{};
    bool ready_ = false;
};

}  // namespace

struct ByteSource::State : StoredBytes {
    std::string name;
    std::string path;    // on disk; empty where there is none
    std::string member;  // of a ZIP archive; empty: the file itself
    ReadLimits limits;
    FileHandle file;  // empty: `memory` is the source
    std::shared_ptr<std::string const> memory;
    std::uint64_t stored_size = 0;
    std::uint64_t position = 0;  // as stored
    std::uint64_t delivered = 0;
    Packing packing = Packing::none;
    std::unique_ptr<Unpacker> unpacker;  // of all packings but gzip
    std::unique_ptr<Inflater> inflater;
    std::vector<char> chunk;       // compressed bytes not yet inflated
    bool inside_member = false;    // of a gzip file, which may be several in a row
    bool padded = false;           // zeros behind a member: nothing else may follow
    std::optional<Error> problem;  // of bytes in memory, told by the first read

    [[nodiscard]] std::uint64_t size() const override { return stored_size; }

    Result<std::size_t> read_stored(std::span<char> into) override
    {
        if (!file) {
            auto const n = std::min<std::size_t>(into.size(), memory->size() - position);
            std::memcpy(into.data(), memory->data() + position, n);
            position += n;
            return n;
        }
        auto const n = std::fread(into.data(), 1, into.size(), file.get());
        if (n < into.size() && std::ferror(file.get()))
            return fail(ErrorCode::unreadable, fmt::format("{}: reading failed: {}", name, why(errno)));
        position += n;
        return n;
    }

    Result<void> seek(std::uint64_t wanted) override
    {
        if (file && fseeko(file.get(), static_cast<off_t>(wanted), SEEK_SET) != 0)
            return fail(ErrorCode::unreadable, fmt::format("{}: cannot be read again: {}", name, why(errno)));
        position = std::min(wanted, stored_size);
        return {};
    }

    Result<void> to_start()
    {
        delivered = 0;
        return seek(0);
    }

    // The first bytes as stored.
    Result<std::string> beginning()
    {
        std::array<char, 16> bytes{};
        if (auto moved = seek(0); !moved)
            return Failure{moved.error()};
        auto const n = read_stored(bytes);
        if (!n)
            return Failure{n.error()};
        return std::string{bytes.data(), *n};
    }

    Result<void> look_for_packing()
    {
        auto const first = beginning();
        if (!first)
            return Failure{first.error()};
        packing = packing_of(*first);
        if (packing == Packing::zip && member.empty()) {
            auto const members = members_of(*this, name);
            if (!members)
                return Failure{members.error()};
            if (members->size() == 1)
                member = members->front().name;
            else
                packing = Packing::none;  // a spreadsheet, or something that the caller has to choose from
        } else if (packing != Packing::zip && !member.empty()) {
            return fail(ErrorCode::unreadable, fmt::format("{}: is in no ZIP archive", name));
        }
        if (auto started = start(); !started)
            return started;
        return packing == Packing::none ? Result<void>{} : look_for_packing_inside();
    }

    // What is packed twice hides its size twice; no table is sent so.
    Result<void> look_for_packing_inside()
    {
        std::array<char, 16> bytes{};
        std::size_t n = 0;
        while (n < bytes.size()) {
            auto const more = unpack_into(std::span{bytes}.subspan(n));
            if (!more)
                return packing == Packing::gzip ? start()
                                                : Failure{more.error()};  // read() will say it of gzip
            if (*more == 0)
                break;
            n += *more;
        }
        auto const inner = packing_of({bytes.data(), n});
        if (inner != Packing::none)
            return fail(ErrorCode::unreadable,
                        fmt::format("{}: is packed twice, {} in {}; unpack the outer one first", name,
                                    name_of(inner), name_of(packing)));
        return start();
    }

    Result<void> start()
    {
        if (auto moved = to_start(); !moved)
            return moved;
        if (packing == Packing::none)
            return {};
        if (packing != Packing::gzip) {
            unpacker.reset();
            auto opened = Unpacker::open(*this, packing, name, member);
            if (!opened)
                return Failure{opened.error()};
            unpacker = std::move(*opened);
            return {};
        }
        inflater = std::make_unique<Inflater>();
        if (!inflater->ready())
            return fail(ErrorCode::internal, fmt::format("{}: zlib could not be started", name));
        chunk.resize(kChunk);
        inside_member = true;
        padded = false;
        return {};
    }

    Result<std::size_t> unpack_into(std::span<char> into)
    {
        return unpacker ? unpacker->read(into) : inflate_into(into);
    }

    Result<std::size_t> inflate_into(std::span<char> into)
    {
        auto& stream = inflater->stream();
        stream.next_out = reinterpret_cast<Bytef*>(into.data());
        stream.avail_out = static_cast<uInt>(std::min<std::size_t>(into.size(), kChunk * 16));
        auto const wanted = stream.avail_out;
        while (stream.avail_out == wanted) {
            if (stream.avail_in == 0) {
                auto const n = read_stored(chunk);
                if (!n)
                    return Failure{n.error()};
                if (*n == 0 && inside_member)
                    return fail(ErrorCode::unreadable,
                                fmt::format("{}: the gzip data end too early; the file is cut off", name));
                if (*n == 0)
                    return 0;
                stream.next_in = reinterpret_cast<Bytef*>(chunk.data());
                stream.avail_in = static_cast<uInt>(*n);
            }
            if (!inside_member) {
                skip_padding(stream);
                if (stream.avail_in == 0)
                    continue;
                if (padded)
                    return damaged(stream);
                inflater->restart();  // another member follows
                inside_member = true;
            }
            auto const status = inflate(&stream, Z_NO_FLUSH);
            if (status == Z_STREAM_END)
                inside_member = false;
            else if (status != Z_OK && status != Z_BUF_ERROR)
                return damaged(stream);
        }
        return wanted - stream.avail_out;
    }

    // Zeros behind the last member fill the file up to a block, as tapes and some disks want it.
    void skip_padding(z_stream& stream)
    {
        for (; stream.avail_in > 0 && *stream.next_in == 0; ++stream.next_in, --stream.avail_in)
            padded = true;
    }

    Failure damaged(z_stream const& stream) const
    {
        return fail(ErrorCode::unreadable, fmt::format("{}: the gzip data are damaged near byte {}", name,
                                                       position - stream.avail_in));
    }

    Result<void> within_limits(std::uint64_t bytes) const
    {
        return packing == Packing::none ? within_limits(bytes, bytes)
                                        : within_limits(bytes, unpacker ? unpacker->fetched() : position);
    }

    // \param fetched packed bytes that the `bytes` were made of
    Result<void> within_limits(std::uint64_t bytes, std::uint64_t fetched) const
    {
        if (bytes > limits.bytes)
            return fail(
                ErrorCode::too_large,
                fmt::format("{}: more than {} bytes of data, the most that is read", name, limits.bytes));
        if (bytes > limits.always_allowed && bytes / limits.expansion > fetched)
            return fail(ErrorCode::too_large,
                        fmt::format("{}: unpacks to more than {} times its size, which no honest table does",
                                    name, limits.expansion));
        return {};
    }
};

namespace {

// Pipes cannot be read twice; a nameless temporary file can.
Result<FileHandle> spool(std::FILE* from, std::string const& name, ReadLimits const& limits)
{
    FileHandle file{std::tmpfile()};
    if (!file)
        return fail(ErrorCode::unwritable,
                    fmt::format("{}: no temporary file to keep it in: {}", name, why(errno)));
    std::vector<char> chunk(kChunk);
    std::uint64_t total = 0;
    while (auto const n = std::fread(chunk.data(), 1, chunk.size(), from)) {
        total += n;
        if (total > limits.bytes)
            return fail(
                ErrorCode::too_large,
                fmt::format("{}: more than {} bytes of data, the most that is read", name, limits.bytes));
        if (std::fwrite(chunk.data(), 1, n, file.get()) != n)
            return fail(errno == ENOSPC ? ErrorCode::full : ErrorCode::unwritable,
                        fmt::format("{}: the temporary file cannot be written: {}", name, why(errno)));
    }
    if (std::ferror(from))
        return fail(ErrorCode::unreadable, fmt::format("{}: reading failed: {}", name, why(errno)));
    if (std::fflush(file.get()) != 0)
        return fail(errno == ENOSPC ? ErrorCode::full : ErrorCode::unwritable,
                    fmt::format("{}: the temporary file cannot be written: {}", name, why(errno)));
    return file;
}

// `archive.zip/member.csv`: a file above the last part that is there.
std::pair<std::string, std::string> file_and_member(std::string const& path)
{
    std::error_code ignored;
    if (path == "-" || std::filesystem::exists(path, ignored))
        return {path, {}};
    for (auto end = path.rfind('/'); end != std::string::npos && end > 0; end = path.rfind('/', end - 1))
        if (auto above = path.substr(0, end); std::filesystem::is_regular_file(above, ignored))
            return {std::move(above), path.substr(end + 1)};
    return {path, {}};
}

std::string named(std::string const& file, std::string_view member)
{
    auto name = std::filesystem::path{file}.filename().string();
    return member.empty() ? name : fmt::format("{}/{}", name, member);
}

// What cannot be read says so to whoever reads it next.
Result<void> refuse_web_page_in(ByteSource& source)
{
    std::array<char, kWebPageBeginning> beginning{};
    auto const n = source.read(beginning);
    if (n)
        if (auto data = refuse_web_page({beginning.data(), *n}, source.name()); !data)
            return data;
    return source.rewind();
}

}  // namespace

ByteSource::ByteSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;

Result<ByteSource> ByteSource::open(std::string const& path, ReadLimits limits)
{
    auto state = std::make_unique<State>();
    state->limits = limits;
    auto const [file, member] = file_and_member(path);
    bool seekable = false;
    if (path == "-") {
        state->name = "standard input";
        state->file.reset(stdin);
    } else {
        state->name = named(file, member);
        state->member = member;
        std::error_code error;
        auto const status = std::filesystem::status(file, error);
        if (status.type() == std::filesystem::file_type::not_found)
            return fail(ErrorCode::not_found, fmt::format("there is no file \"{}\"", path));
        if (status.type() == std::filesystem::file_type::directory)
            return fail(ErrorCode::unreadable, fmt::format("\"{}\" is a folder, expected a file", path));
        seekable = std::filesystem::is_regular_file(status);
        state->file.reset(std::fopen(file.c_str(), "rb"));
        if (!state->file)
            return fail(ErrorCode::unreadable, fmt::format("\"{}\" cannot be read: {}", path, why(errno)));
    }
    if (!seekable) {
        auto kept = spool(state->file.get(), state->name, limits);
        if (!kept)
            return Failure{kept.error()};
        state->file = std::move(*kept);
    }
    if (fseeko(state->file.get(), 0, SEEK_END) == 0)
        state->stored_size = static_cast<std::uint64_t>(std::max<off_t>(0, ftello(state->file.get())));
    if (auto looked = state->look_for_packing(); !looked)
        return Failure{looked.error()};
    if (seekable)
        state->path = file;
    ByteSource source{std::move(state)};
    if (auto data = refuse_web_page_in(source); !data)
        return Failure{data.error()};
    return source;
}

ByteSource ByteSource::from_memory(std::string name, std::string bytes, ReadLimits limits)
{
    return over(std::make_shared<std::string const>(std::move(bytes)), std::move(name), {}, limits);
}

ByteSource ByteSource::over(std::shared_ptr<std::string const> bytes, std::string name, std::string member,
                            ReadLimits limits)
{
    auto state = std::make_unique<State>();
    state->name = std::move(name);
    state->member = std::move(member);
    state->limits = limits;
    state->stored_size = bytes->size();
    state->memory = std::move(bytes);
    if (auto looked = state->look_for_packing(); !looked)
        state->problem = looked.error();
    return ByteSource{std::move(state)};
}

Result<std::size_t> ByteSource::read(std::span<char> into)
{
    if (state_->problem)
        return Failure{*state_->problem};
    if (into.empty())
        return 0;
    auto n = state_->packing == Packing::none ? state_->read_stored(into) : state_->unpack_into(into);
    if (!n)
        return n;
    state_->delivered += *n;
    if (auto fits = state_->within_limits(state_->delivered); !fits)
        return Failure{fits.error()};
    return n;
}

Result<void> ByteSource::rewind()
{
    return state_->problem ? Failure{*state_->problem} : state_->start();
}

std::string const& ByteSource::name() const
{
    return state_->name;
}

Packing ByteSource::packing() const
{
    return state_->packing;
}

std::string ByteSource::path() const
{
    return state_->packing == Packing::none ? state_->path : std::string{};
}

ReadLimits const& ByteSource::limits() const
{
    return state_->limits;
}

Result<bool> ByteSource::is_zip()
{
    auto const first = state_->beginning();
    if (!first)
        return Failure{first.error()};
    if (auto again = rewind(); !again)
        return Failure{again.error()};
    return packing_of(*first) == Packing::zip;
}

Result<std::vector<ArchiveMember>> ByteSource::members()
{
    auto members = members_of(*state_, state_->name);
    if (auto again = rewind(); !again)
        return Failure{again.error()};
    return members;
}

Result<ByteSource> ByteSource::member(std::string_view name) const
{
    if (!state_->file) {
        auto opened = over(state_->memory, named(state_->name, name), std::string{name}, state_->limits);
        return opened.state_->problem ? Failure{*opened.state_->problem}
                                      : Result<ByteSource>{std::move(opened)};
    }
    if (!state_->path.empty())
        return open(state_->path + "/" + std::string{name}, state_->limits);
    return fail(ErrorCode::unreadable,
                fmt::format("{}: holds several files; save it to a file first", state_->name));
}

Result<void> ByteSource::check_members(std::uint64_t most_bytes)
{
    auto good = unpack_all(
        *state_, state_->name,
        [this, most_bytes](std::uint64_t bytes, std::uint64_t fetched) -> Result<void> {
            if (bytes > most_bytes)
                return fail(ErrorCode::too_large,
                            fmt::format("{}: unpacks to more than {} bytes, the most that is read of "
                                        "such a file; save the table as CSV",
                                        state_->name, most_bytes));
            return state_->within_limits(bytes, fetched);
        });
    if (!good)
        return good;
    return rewind();
}

std::uint64_t ByteSource::stored_position() const
{
    return state_->position;
}

std::uint64_t ByteSource::stored_size() const
{
    return state_->stored_size;
}

}  // namespace riskbild::importers
