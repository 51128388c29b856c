#include "importers/readers/byte_source.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <zlib.h>

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

struct ByteSource::State {
    std::string name;
    ReadLimits limits;
    FileHandle file;  // empty: `memory` is the source
    std::string memory;
    std::uint64_t size = 0;      // as stored
    std::uint64_t position = 0;  // as stored
    std::uint64_t delivered = 0;
    bool gzip = false;
    std::unique_ptr<Inflater> inflater;
    std::vector<char> chunk;     // compressed bytes not yet inflated
    bool inside_member = false;  // of a gzip file, which may be several in a row
    bool padded = false;         // zeros behind a member: nothing else may follow

    Result<std::size_t> read_stored(std::span<char> into)
    {
        if (!file) {
            auto const n = std::min<std::size_t>(into.size(), memory.size() - position);
            std::memcpy(into.data(), memory.data() + position, n);
            position += n;
            return n;
        }
        auto const n = std::fread(into.data(), 1, into.size(), file.get());
        if (n < into.size() && std::ferror(file.get()))
            return fail(ErrorCode::unreadable, fmt::format("{}: reading failed: {}", name, why(errno)));
        position += n;
        return n;
    }

    Result<void> to_start()
    {
        if (file && std::fseek(file.get(), 0, SEEK_SET) != 0)
            return fail(ErrorCode::unreadable, fmt::format("{}: cannot be read again: {}", name, why(errno)));
        position = 0;
        delivered = 0;
        return {};
    }

    Result<void> look_for_gzip()
    {
        std::array<char, 2> magic{};
        auto const n = read_stored(magic);
        if (!n)
            return Failure{n.error()};
        gzip = *n == 2 && magic[0] == '\x1f' && magic[1] == '\x8b';
        return start();
    }

    Result<void> start()
    {
        if (auto moved = to_start(); !moved)
            return moved;
        if (!gzip)
            return {};
        inflater = std::make_unique<Inflater>();
        if (!inflater->ready())
            return fail(ErrorCode::internal, fmt::format("{}: zlib could not be started", name));
        chunk.resize(kChunk);
        inside_member = true;
        padded = false;
        return {};
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

    Result<void> within_limits() const
    {
        if (delivered > limits.bytes)
            return fail(
                ErrorCode::too_large,
                fmt::format("{}: more than {} bytes of data, the most that is read", name, limits.bytes));
        if (gzip && delivered > limits.always_allowed && delivered / limits.expansion > position)
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

}  // namespace

ByteSource::ByteSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;

Result<ByteSource> ByteSource::open(std::string const& path, ReadLimits limits)
{
    auto state = std::make_unique<State>();
    state->limits = limits;
    bool seekable = false;
    if (path == "-") {
        state->name = "standard input";
        state->file.reset(stdin);
    } else {
        state->name = std::filesystem::path{path}.filename().string();
        std::error_code error;
        auto const status = std::filesystem::status(path, error);
        if (status.type() == std::filesystem::file_type::not_found)
            return fail(ErrorCode::not_found, fmt::format("there is no file \"{}\"", path));
        if (status.type() == std::filesystem::file_type::directory)
            return fail(ErrorCode::unreadable, fmt::format("\"{}\" is a folder, expected a file", path));
        seekable = std::filesystem::is_regular_file(status);
        state->file.reset(std::fopen(path.c_str(), "rb"));
        if (!state->file)
            return fail(ErrorCode::unreadable, fmt::format("\"{}\" cannot be read: {}", path, why(errno)));
    }
    if (!seekable) {
        auto kept = spool(state->file.get(), state->name, limits);
        if (!kept)
            return Failure{kept.error()};
        state->file = std::move(*kept);
    }
    if (std::fseek(state->file.get(), 0, SEEK_END) == 0)
        state->size = static_cast<std::uint64_t>(std::max(0L, std::ftell(state->file.get())));
    if (auto rewound = state->to_start(); !rewound)
        return Failure{rewound.error()};
    if (auto looked = state->look_for_gzip(); !looked)
        return Failure{looked.error()};
    return ByteSource{std::move(state)};
}

ByteSource ByteSource::from_memory(std::string name, std::string bytes, ReadLimits limits)
{
    auto state = std::make_unique<State>();
    state->name = std::move(name);
    state->limits = limits;
    state->size = bytes.size();
    state->memory = std::move(bytes);
    // Memory cannot fail to be read; without zlib's own state the first read() says so.
    static_cast<void>(state->look_for_gzip());
    return ByteSource{std::move(state)};
}

Result<std::size_t> ByteSource::read(std::span<char> into)
{
    if (into.empty())
        return 0;
    auto n = state_->gzip ? state_->inflate_into(into) : state_->read_stored(into);
    if (!n)
        return n;
    state_->delivered += *n;
    if (auto fits = state_->within_limits(); !fits)
        return Failure{fits.error()};
    return n;
}

Result<void> ByteSource::rewind()
{
    return state_->start();
}

std::string const& ByteSource::name() const
{
    return state_->name;
}

bool ByteSource::is_gzip() const
{
    return state_->gzip;
}

std::uint64_t ByteSource::stored_position() const
{
    return state_->position;
}

std::uint64_t ByteSource::stored_size() const
{
    return state_->size;
}

}  // namespace riskbild::importers
