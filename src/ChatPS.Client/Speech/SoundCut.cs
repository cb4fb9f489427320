using ChatPS.Client.Faults;

namespace ChatPS.Client.Speech;

/// <summary>Cuts files of sound into parts. WAV files are cut while they are sent; others by ffmpeg, into temporary files.</summary>
internal sealed class SoundCut : IDisposable
{
    /// <summary>The most parts of a file, each of which is a request.</summary>
    public const int MostParts = 1000;

    private readonly string? _folder;

    private SoundCut(IReadOnlyList<SoundFile> parts, string? folder)
    {
        Parts = parts;
        _folder = folder;
    }

    /// <summary>Gets the parts in their order.</summary>
    public IReadOnlyList<SoundFile> Parts { get; }

    /// <summary>Cuts a file, if it is to be cut.</summary>
    /// <param name="request">What is to be written down.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The parts, each small enough for a request.</returns>
    /// <exception cref="ChatServiceException">They are too large, or cannot be made.</exception>
    public static async Task<SoundCut> MakeAsync(TranscriptRequest request, CancellationToken cancellationToken)
    {
        if (request.SplitMinutes is not { } minutes || request.Sound.Duration?.TotalMinutes <= minutes)
        {
            request.Sound.RequireAtMost(request.LargestFile);
            return new SoundCut([request.Sound], folder: null);
        }

        if (request.Sound is { Wave: { } wave, Path: not null })
        {
            if (wave.Fault is { } fault)
            {
                throw Failures.Invalid($"-SplitMinute: {request.Sound.Named} cannot be cut, since its header cannot be right: {fault}.", "Write it anew, for example with ffmpeg -i talk.wav fixed.wav.");
            }

            return new SoundCut(Cut(request, wave, minutes), folder: null);
        }

        if (request.Sound.Path is null)
        {
            throw Failures.Invalid("-SplitMinute: what was given is bytes, and only files are split.", "Save the sound to a file, and give its path.");
        }

        string folder = Path.Combine(Path.GetTempPath(), "chatps-" + Guid.NewGuid().ToString("N"));
        SoundCut? cut = null;
        try
        {
            Directory.CreateDirectory(folder);
            cut = new SoundCut(await Ffmpeg.SplitAsync(request.Sound, minutes, folder, cancellationToken), folder);
            RequireFit(cut.Parts, request, minutes);
            return cut;
        }
        catch
        {
            Remove(folder);
            throw;
        }
    }

    /// <summary>Refuses parts that are too many.</summary>
    /// <param name="sound">The file.</param>
    /// <param name="minutes">How many minutes a part has.</param>
    /// <param name="count">How many parts there would be, or more.</param>
    /// <returns>The failure, to throw.</returns>
    public static ChatServiceException TooMany(SoundFile sound, double minutes, long count) => Failures.Invalid(
        FormattableString.Invariant($"-SplitMinute is {minutes}: {sound.Named} would be cut into {(count > MostParts + 1 ? $"{count}" : $"more than {MostParts}")} parts; each is a request, and at most {MostParts} are sent."),
        FormattableString.Invariant($"Use -SplitMinute {Math.Ceiling(minutes * count / MostParts * 100) / 100} or more."));

    /// <summary>Removes what was made.</summary>
    public void Dispose()
    {
        if (_folder is not null)
        {
            Remove(_folder);
        }
    }

    private static List<SoundFile> Cut(TranscriptRequest request, Files.WaveFile wave, double minutes)
    {
        long step = Math.Max(1, (long)(minutes * 60 * wave.BytesPerSecond) / wave.BlockSize) * wave.BlockSize;
        long count = (wave.Length + step - 1) / step;
        if (count > MostParts)
        {
            throw TooMany(request.Sound, minutes, count);
        }

        List<SoundFile> parts = [];
        for (long from = 0; from < wave.Length; from += step)
        {
            parts.Add(request.Sound.Part(wave, from, Math.Min(step, wave.Length - from)));
        }

        RequireFit(parts, request, minutes);
        return parts;
    }

    private static void RequireFit(IReadOnlyList<SoundFile> parts, TranscriptRequest request, double minutes)
    {
        long largest = parts.Max(part => part.Length);
        if (largest > request.LargestFile)
        {
            double fit = Math.Floor(minutes * request.LargestFile / largest * 100) / 100;
            throw Failures.Invalid(
                FormattableString.Invariant($"-SplitMinute is {minutes}: a part of {request.Sound.Named} would have {largest / 1048576.0:0.#} MB; the service takes {request.LargestFile / 1048576.0:0.#} MB at most."),
                FormattableString.Invariant($"Use -SplitMinute {fit} or less."));
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is left lies where the system clears up.
        }
    }
}
