using ChatPS.ModuleBuilder;

// ModuleBuilder --assembly ChatPS.dll --docs docs --output help [--strict]
var strict = args.Contains("--strict", StringComparer.Ordinal);
var assembly = Argument("--assembly");
var docs = Argument("--docs");
var output = Path.Combine(Argument("--output"), "en-US");

var cmdlets = CmdletReader.Read(assembly);
var pages = Files(Path.Combine(docs, "cmdlets"), "*.md")
    .Select(path => HelpPageReader.Read(path, File.ReadAllText(path)))
    .ToList();

var errors = HelpChecker.Check(cmdlets, pages, Path.Combine(docs, "cmdlets")).ToList();
if (strict && errors.Count > 0)
{
    errors.ForEach(error => Console.Error.WriteLine(error));
    return 1;
}

Directory.CreateDirectory(output);
MamlWriter.Write(cmdlets, pages).Save(Path.Combine(output, Path.GetFileName(assembly) + "-Help.xml"));

foreach (var path in Files(Path.Combine(docs, "about"), "about_*.md"))
{
    // Windows PowerShell reads a file without a byte order mark in the code page of the machine.
    var topic = Path.Combine(output, Path.GetFileNameWithoutExtension(path) + ".help.txt");
    File.WriteAllText(topic, AboutTopic.Format(File.ReadAllText(path)), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
}

Console.WriteLine(errors.Count == 0
    ? $"Help: {cmdlets.Count} cmdlets"
    : $"Help: {pages.Count} pages for {cmdlets.Count} cmdlets; {errors.Count} gaps left open (HelpStrict=false)");
return 0;

string Argument(string name)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : throw new ArgumentException($"{name} is missing.", name);
}

static IEnumerable<string> Files(string directory, string pattern) =>
    Directory.Exists(directory) ? Directory.GetFiles(directory, pattern).Order(StringComparer.Ordinal) : [];
