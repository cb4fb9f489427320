using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;
using ChatPS.Client.Json;
using ChatPS.Client.Runs;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Images;

/// <summary>Pictures of one connection: made of prompts, or of other pictures.</summary>
public sealed class ImageService
{
    // About what a picture in a request counts at services that charge tokens.
    private const int TokensOfPicture = 1500;

    private readonly ServiceConnection _connection;
    private readonly ConcurrentDictionary<string, bool> _onlyOneAtOnce = new(StringComparer.Ordinal);

    internal ImageService(ServiceConnection connection) => _connection = connection;

    /// <summary>Finds what the service cannot be asked, before anything is sent.</summary>
    /// <param name="request">What to ask.</param>
    /// <exception cref="ChatServiceException">Something cannot be sent; it says what.</exception>
    public void Check(ImageRequest request)
    {
        request.Validate();
        IImages form = FormOf(request);
        if (request.Given.FirstOrDefault(parameter => !form.Supported.Contains(parameter.Key, StringComparer.Ordinal)) is { Key: { } name })
        {
            throw Failures.Invalid(
                $"-{name}: the form {form.Form} has no place for it in a request (connection '{_connection.Settings.Name}').", $"Leave out -{name}, or choose another form with -Form. What has no parameter goes through -AdditionalBody.");
        }

        _ = _connection.ModelFor(request.Model);
    }

    /// <summary>Finds the place of a request in a checkpoint.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <returns>The place. Previews and streams are no part of it: the pictures are the same.</returns>
    public CheckpointSlot Claim(ImageRequest request, CallSettings settings, Checkpoint checkpoint)
    {
        Dictionary<string, object?> asked = request.Given.Where(parameter => parameter.Key is not (nameof(ImageRequest.Stream) or nameof(ImageRequest.PartialImage)))
            .ToDictionary(parameter => parameter.Key, parameter => parameter.Value is ImageFile mask ? mask.Digest() : parameter.Value is IEnumerable<ImageFile> images ? images.Select(image => image.Digest()).ToList() : parameter.Value, StringComparer.Ordinal);
        asked["Prompt"] = request.Prompt;
        asked["Form"] = FormOf(request).Form;
        asked["Model"] = _connection.ModelFor(request.Model);
        asked["AdditionalBody"] = settings.AdditionalBody;
        return checkpoint.Claim(Encoding.UTF8.GetBytes(PlainJson.Write(asked, "-AdditionalBody")));
    }

    /// <summary>Tells whether the pictures of an item are there from an earlier run.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="slot">The item's place in the checkpoint.</param>
    /// <returns>The pictures; null where they have to be asked for, since there are none or a file has gone.</returns>
    /// <exception cref="ChatServiceException">The checkpoint cannot be read (CheckpointFailed).</exception>
    public static IReadOnlyList<ChatImage>? Restore(ImageRequest request, CheckpointSlot slot)
    {
        IReadOnlyList<ChatImage>? images = slot.IsStored ? slot.Restore(record => new Kept(KeptImages.Read(record, request)))?.Images : null;
        Number(images);
        return images;
    }

    /// <summary>Estimates what a request would take. Nothing is sent.</summary>
    /// <param name="request">What would be asked.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <returns>The estimate.</returns>
    public UnitEstimate Estimate(ImageRequest request, CallSettings settings)
    {
        string model = _connection.ModelFor(request.Model);
        int pictures = request.N ?? 1;
        int tokens = EstimateTokens(request);
        decimal? cost = _connection.Settings.PricesFor(settings) is { } prices ? prices.Cost(model, tokens, 0, 0) + prices.UnitsCost(model, ImageMapper.Units(pictures)) : null;
        return new UnitEstimate($"{Counted.Of(pictures, "picture")}, about {Counted.Of(tokens, "token")} in, those of the answer not counted", cost);
    }

    /// <summary>Makes pictures, in as many requests as it takes, one after the other.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="run">What the run keeps to.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The pictures, and previews before them where these are asked for. With a checkpoint, pictures are given when all of the item are kept.</returns>
    /// <exception cref="ChatServiceException">Not all could be had; what was made before is given first.</exception>
    public async IAsyncEnumerable<ChatImage> MakeAsync(ImageRequest request, ImageRun run, CallSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Check(request);
        List<ChatImage> made = [];
        bool areAllKept = true;
        ExceptionDispatchInfo? failure = null;
        await using IAsyncEnumerator<ChatImage> images = AskAsync(request, run, settings, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await images.MoveNextAsync())
                {
                    break;
                }
            }
            catch (Exception exception) when (run.Slot is not null && made.Count > 0)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
                break;
            }

            ChatImage image = images.Current;
            if (image.IsPartial)
            {
                yield return image;
                continue;
            }

            // What could not be saved is asked for again: its address does not last.
            areAllKept &= run.Keep is null || await run.Keep(image);
            made.Add(image);
            if (run.Slot is null)
            {
                yield return image;
            }
        }

        if (run.Slot is { } slot)
        {
            if (failure is null && areAllKept)
            {
                await slot.SaveAsync(KeptImages.ToRecord(made, _connection.ModelFor(request.Model)));
            }

            foreach (ChatImage image in made)
            {
                yield return image;
            }

            failure?.Throw();
        }
    }

    private static void Number(IReadOnlyList<ChatImage>? images)
    {
        for (int part = 0; part < images?.Count; part++)
        {
            images[part].Part = part;
        }
    }

    private static void WarnOfScripts(ChatImage image, ImageRequest request, CallSettings settings)
    {
        if (image.MediaType == FileKind.Svg.MediaType && request.OutputFormat?.Contains("svg", StringComparison.OrdinalIgnoreCase) != true)
        {
            settings.Warning?.Invoke("The service gave a picture as SVG, which can hold scripts and addresses. Open it only in programs that run none, not in a browser.");
        }
    }

    private static int EstimateTokens(ImageRequest request) => TokenEstimate.FromBytes(Encoding.UTF8.GetByteCount(request.Prompt)) + (TokensOfPicture * (request.Images.Count + (request.Mask is null ? 0 : 1)));

    // Some services take one picture a request, and say so only when they are asked for more.
    private static bool WantsOneAtOnce(ChatServiceException failure) => failure.ErrorId == ErrorIds.InvalidRequest && failure.StatusCode is 400 or 422
        && (failure.ServiceParameter == "n" || failure.Message.Contains("n=1", StringComparison.OrdinalIgnoreCase));

    private async IAsyncEnumerable<ChatImage> AskAsync(ImageRequest request, ImageRun run, CallSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IImages form = FormOf(request);
        string model = _connection.ModelFor(request.Model);
        settings = _connection.About(settings, request.Index, 1, () => request.Prompt);
        int wanted = request.N ?? 1;
        int part = 0;
        bool givesFewer = false;
        while (part < wanted)
        {
            int before = part;
            int n = givesFewer || _onlyOneAtOnce.ContainsKey(model) ? 1 : Math.Min(form.MostAtOnce, wanted - part);
            ImageRequest asked = request with { N = request.N is null || (n == 1 && form.MostAtOnce == 1) ? null : n };
            using Reservation? reservation = await ReserveAsync(request, n, model, run.Budget, settings, cancellationToken);
            await using IAsyncEnumerator<ChatImage> images = form.MakeAsync(_connection, asked, model, settings, cancellationToken).GetAsyncEnumerator(cancellationToken);
            Spending spending = new();
            while (await NextAsync(images, spending, reservation, n, model))
            {
                images.Current.Part = images.Current.IsPartial ? part : part++;
                WarnOfScripts(images.Current, request, settings);
                yield return images.Current;
            }

            // So many requests at most as pictures are wanted: whoever gives fewer than asked for is asked for one each time.
            givesFewer |= part - before < n;
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<ChatImage> images, Spending spending, Reservation? reservation, int n, string model)
    {
        try
        {
            if (await images.MoveNextAsync())
            {
                spending.Add(images.Current);
                return true;
            }

            spending.Settle(reservation);
            return false;
        }
        catch (ChatServiceException failure) when (n > 1 && WantsOneAtOnce(failure))
        {
            reservation?.Release();
            _onlyOneAtOnce[model] = true;
            return false;
        }
        catch (ChatServiceException failure)
        {
            reservation?.Fail(failure);
            throw;
        }
    }

    private IImages FormOf(ImageRequest request)
    {
        _ = _connection.Require<IImages>("pictures");
        IImages[] forms = [.. _connection.Dialect.Families.OfType<IImages>()];
        return request.Form is { } named
            ? Array.Find(forms, form => string.Equals(form.Form, named, StringComparison.OrdinalIgnoreCase)) ?? throw Failures.Invalid(
                $"-Form: {_connection.Settings.ServiceNameWithin} knows no form '{ParameterRules.OnOneLine(named)}' (connection '{_connection.Settings.Name}').", $"Use {string.Join(", ", forms.Select(form => form.Form))}, or another connection.")
            : Array.Find(forms, form => form.IsOf(_connection.Settings.BaseUri)) ?? forms[0];
    }

    private static async Task<Reservation?> ReserveAsync(ImageRequest request, int pictures, string model, Budget? budget, CallSettings settings, CancellationToken cancellationToken)
    {
        if (budget is null)
        {
            return null;
        }

        return await budget.ReserveAsync(EstimateTokens(request), ImageMapper.Units(pictures), model, cancellationToken).SeenBy(settings.Watch);
    }

    private sealed record Kept(IReadOnlyList<ChatImage>? Images);

    // What the pictures of one request took.
    private sealed class Spending
    {
        private ChatUsage? _usage;
        private decimal? _cost;
        private int _pictures;

        public void Add(ChatImage image)
        {
            if (!image.IsPartial)
            {
                _pictures++;
                _usage = new Spent(_usage, null, default).With(image.Usage);
                _cost = image.Cost is { } cost ? (_cost ?? 0) + cost : _cost;
            }
        }

        public void Settle(Reservation? reservation)
        {
            if (_usage is null)
            {
                reservation?.SettleUnits(ImageMapper.Units(_pictures));
            }
            else
            {
                reservation?.Settle(_usage, _cost);
            }
        }
    }
}
