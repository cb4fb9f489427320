using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Images;
using ChatPS.Client.Media;
using ChatPS.Client.Runs;
using ChatPS.Parameters;
using ChatPS.Pipeline;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>What cmdlets share that make pictures.</summary>
public abstract partial class ImageCmdlet : BudgetCmdlet
{
    private AskedModel _asked = AskedModel.ByDefault[0];
    private Budget? _budget;
    private Checkpoint? _checkpoint;
    private MediaSaver? _saver;

    private protected ImageCmdlet()
    {
    }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _asked = Model is null ? _asked : Require(() => AskedModel.Read([Model], Connection)[0]);
        _budget = Require(OpenBudget);
        _saver = Require(OpenSaver);
        _checkpoint = Require(() => OpenCheckpoint(RunParameters.From(this, _asked.Model), _budget));
        if (_checkpoint is { StoredCount: > 0 })
        {
            // Its pictures have been paid for: not even -Force puts others in their place.
            _saver?.KeepFolder();
        }
    }

    /// <summary>Makes the pictures of an item.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="item">The pipeline item.</param>
    /// <param name="what">What is done, for whoever is asked whether to do it.</param>
    private protected void Make(ImageRequest request, object? item, string what)
    {
        ServiceConnection service = Connected(_asked.Connection);
        service.Images.Check(request);
        CheckpointSlot? slot = _checkpoint is null ? null : service.Images.Claim(request, Settings, _checkpoint);
        if (slot is not null && ImageService.Restore(request, slot) is { } kept)
        {
            Run(item, async (output, token) =>
            {
                foreach (ChatImage image in kept)
                {
                    await output.EmitAsync(image, token);
                }

                return null;
            });
            return;
        }

        string model = service.ModelFor(request.Model);
        if (ShouldSpend(model, $"{what}, by connection '{service.Settings.Name}'", service.Images.Estimate(request, Settings)))
        {
            int place = _saver?.Take(request.Index) ?? 0;
            Run(item, (output, token) => MakeAsync(service, request, place, slot, item, output, token));
        }
    }

    private async Task<object?> MakeAsync(ServiceConnection service, ImageRequest request, int place, CheckpointSlot? slot, object? item, ItemOutput output, CancellationToken cancellationToken)
    {
        CallSettings settings = Call(output);
        ImageRun run = new() { Slot = slot, Budget = _budget, Keep = _saver is null ? null : image => KeepAsync(image, place, service, item, output, settings, cancellationToken) };
        try
        {
            await foreach (ChatImage image in service.Images.MakeAsync(request, run, settings, cancellationToken))
            {
                await output.EmitAsync(image, cancellationToken);
            }

            return null;
        }
        catch (ChatServiceException failure) when (failure.PartialImage is not null && _saver is not null)
        {
            throw WithPreview(failure, _saver, place);
        }
    }

    // The preview is worth a file, and its loss no other error.
    private static ChatServiceException WithPreview(ChatServiceException failure, MediaSaver saver, int place)
    {
        ChatImage preview = failure.PartialImage!;
        try
        {
            saver.SavePartial(preview, place);
        }
        catch (ChatServiceException)
        {
            return failure;
        }

        ChatServiceException told = Failures.WithAdvice(failure, $"Try again. The last preview of the picture was saved as '{preview.Path}'.");
        told.PartialImage = preview;
        return told;
    }

    // A picture that cannot be saved is a picture all the same: it has been paid for.
    private async Task<bool> KeepAsync(ChatImage image, int place, ServiceConnection service, object? item, ItemOutput output, CallSettings settings, CancellationToken cancellationToken)
    {
        if (image is { Data: null, Url: null })
        {
            // The service kept it back, and says so.
            return true;
        }

        try
        {
            await _saver!.SaveAsync(image, place, image.Part, () => service, settings, cancellationToken);
            return true;
        }
        catch (ChatServiceException failure)
        {
            output.Fail(item, failure, image.Index);
            return false;
        }
    }

    private MediaSaver? OpenSaver() =>
        OutDirectory is { } folder ? MediaSaver.InFolder(GetUnresolvedProviderPathFromPSPath(folder), Force, MaxBytes)
        : Force ? throw Failures.Invalid("-Force was given without -OutDirectory.", "Name the folder with -OutDirectory.")
        : IsBound(nameof(MaxBytes)) ? throw Failures.Invalid("-MaxBytes was given without -OutDirectory.", "Name the folder with -OutDirectory.")
        : null;
}
