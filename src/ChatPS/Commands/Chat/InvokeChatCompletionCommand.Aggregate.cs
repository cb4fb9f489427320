using System.Globalization;
using System.Management.Automation;
using ChatPS.Client.Chat;
using ChatPS.Conversion;
using ChatPS.Pipeline;
using ChatPS.Prompts;

namespace ChatPS.Commands;

// All items in one request.
public sealed partial class InvokeChatCompletionCommand
{
    private const int MostNames = 20;

    private readonly List<object?> _items = [];

    private void Collect()
    {
        if (IsBound(nameof(InputObject)) && !SkipsFolder(InputObject))
        {
            _items.Add(InputObject);
        }
    }

    // Beside files a folder is a slip of the pipeline before; its properties are not what is asked about.
    private bool SkipsFolder(object? item)
    {
        if (_itemText is not null || Bare.Of(item) is not DirectoryInfo folder)
        {
            return false;
        }

        WriteWarning($"The folder '{folder.Name}' is skipped. Get-ChildItem -File leaves folders out; Select-Object makes data of what is known of them.");
        return true;
    }

    // What cannot be sent is its own error, and the others go. No items, no question: an empty folder is not worth an answer.
    private void SendAll()
    {
        List<object?> items = [];
        List<PipelineInput> inputs = [];
        foreach ((object? item, int index) in FileLines.Join(_items))
        {
            Attempt(item, () =>
            {
                inputs.Add(PipelineInput.From(item, _itemText, wantsData: true));
                items.Add(item);
            }, index);
        }

        if (inputs.Count == 0)
        {
            return;
        }

        TellFiles(items);
        Attempt(_items, () =>
        {
            FilledPrompt? filled = _promptFile?.Fill(Variable, items);
            object[] whole = _items.ToArray()!;
            Send(filled is null ? _composer!.FromAll(Prompt!, inputs, whole) : FromFile(filled, inputs, whole), whole, preferredConnection: null);
        });
    }

    private void TellFiles(List<object?> items)
    {
        List<FileInfo> files = [.. items.Select(item => Bare.Of(item) as FileInfo).OfType<FileInfo>()];
        if (files.Count == 0)
        {
            return;
        }

        string names = string.Join(", ", files.Take(MostNames).Select(file => string.Format(CultureInfo.InvariantCulture, "{0} ({1:N0})", file.Name, file.Length)));
        string rest = files.Count > MostNames ? FormattableString.Invariant($" and {files.Count - MostNames} more") : "";
        string summary = FormattableString.Invariant($"{files.Count} files with {files.Sum(file => file.Length):N0} bytes: {names}{rest}");
        if (IsWhatIf)
        {
            ShouldProcess(summary, "Send");
            return;
        }

        // On a screen it is seen; elsewhere the information stream has it.
        string[] tags = InteractiveConsole.IsThere(Host) ? ["PSHOST"] : [];
        WriteInformation(new HostInformationMessage { Message = $"Sending {summary}." }, tags);
    }
}
