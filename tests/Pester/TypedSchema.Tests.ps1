# The types behind typed answers, reached by reflection: what they do with PowerShell's own classes and objects shows only here.
enum Colour { Red; Green }

class Part {
    [string] $Sku
    [ValidateRange(1, 99)] [int] $Quantity
}

class Ticket {
    [ValidateNotNullOrEmpty()] [string] $Title
    [ValidateSet('low', 'high')] [string] $Severity
    [Nullable[datetime]] $Due
    [Part[]] $Parts
    [Colour] $Colour
    [hashtable] $Labels
    [System.ComponentModel.Description('Whatever it says.')] $Anything
    [Ticket] $Parent
    [bool] $Open
    hidden [string] $Secret
    static [string] $Shared
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $assembly = (Get-Command Invoke-ChatCompletion).ImplementingType.Assembly
    $answerSchema = $assembly.GetType('ChatPS.Typed.AnswerSchema')
    $null = Get-ChatConnection
    $engine = [AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'ChatPS.Client' })[0]
    $reader = $engine.GetType('ChatPS.Client.Json.PlainJsonReader')
    $writer = $engine.GetType('ChatPS.Client.Json.PlainJson')

    function Get-Failure([Exception] $Exception) {
        while ($Exception -isnot [ChatPS.ChatServiceException] -and $Exception.InnerException) { $Exception = $Exception.InnerException }
        $Exception
    }

    function Invoke-Typed([string] $Method, [object[]] $Argument) {
        $binding = [Reflection.BindingFlags] 'Static, Public'
        try {
            $answerSchema.GetMethod($Method, $binding).Invoke($null, $Argument)
        }
        catch {
            throw (Get-Failure $_.Exception)
        }
    }

    function Get-TypeSchema([type] $Type) { Invoke-Typed OfType $Type }

    function Get-Schema([object] $Schema, [scriptblock] $ReadFile = { $null }) { Invoke-Typed Of $Schema, ([Func[string, string]] $ReadFile) }

    function Write-Schema([object] $Schema) { $writer.GetMethod('Write').Invoke($null, @($Schema.Schema, 'test', $false)) }

    function ConvertFrom-Answer([object] $Schema, [string] $Json) {
        $arguments = @($Json, $null, $null)
        $reader.GetMethod('TryRead').Invoke($null, $arguments) | Should -BeTrue
        try {
            , $Schema.GetType().GetMethod('Convert').Invoke($Schema, @(, $arguments[1]))
        }
        catch {
            throw (Get-Failure $_.Exception)
        }
    }
}

AfterAll {
    Clear-Test
}

Describe 'Types behind typed answers' {
    It 'writes the schema of a class of PowerShell' {
        $schema = Write-Schema (Get-TypeSchema ([Ticket])) | ConvertFrom-Json -AsHashtable
        $schema.properties.Keys | Should -Be 'Title', 'Severity', 'Due', 'Parts', 'Colour', 'Labels', 'Anything', 'Parent', 'Open'
        $schema.required | Should -Be $schema.properties.Keys
        $schema.additionalProperties | Should -BeFalse
        $schema.properties.Title.minLength | Should -Be 1
        $schema.properties.Severity.enum | Should -Be 'low', 'high'
        $schema.properties.Due.type | Should -Be 'string', 'null'
        $schema.properties.Parts.items.properties.Quantity.maximum | Should -Be 99
        $schema.properties.Colour.enum | Should -Be 'Red', 'Green'
        $schema.properties.Anything.description | Should -Be 'Whatever it says.'
        $schema.properties.Parent.anyOf[0].'$ref' | Should -Be '#'
    }

    It 'builds the class' {
        $ticket = ConvertFrom-Answer (Get-TypeSchema ([Ticket])) '{"Title":"a","Severity":"low","Due":"2026-03-01T14:30:00Z","Parts":[{"Sku":"x","Quantity":2}],"Colour":"Green","Labels":[{"key":"A","value":1}],"Anything":1.5,"Parent":{"Title":"b","Severity":"high","Due":null,"Parts":[],"Colour":"Red","Labels":[],"Anything":null,"Parent":null,"Open":false},"Open":true}'
        $ticket | Should -BeOfType ([Ticket])
        $ticket.Due | Should -Be ([datetime]::new(2026, 3, 1, 14, 30, 0, [DateTimeKind]::Utc))
        $ticket.Parts[0].Quantity | Should -Be 2
        $ticket.Labels.a | Should -Be 1
        $ticket.Colour | Should -Be ([Colour]::Green)
        $ticket.Parent.Title | Should -Be 'b'
    }

    It 'says what a class refuses' {
        { ConvertFrom-Answer (Get-TypeSchema ([Part])) '{"Sku":"x","Quantity":100}' } | Should -Throw '/Quantity: Part.Quantity refuses it: *'
    }

    It 'takes an array of a class' {
        $schema = Get-TypeSchema ([Part[]])
        $schema.IsList | Should -BeTrue
        $parts = ConvertFrom-Answer $schema '{"items":[{"Sku":"x","Quantity":1},{"Sku":"y","Quantity":2}]}'
        $parts.GetType() | Should -Be ([Part[]])
        $parts.Sku | Should -Be 'x', 'y'
    }

    It 'makes objects of the one-line form, whose dates are dates' {
        $made = ConvertFrom-Answer (Get-Schema 'name, due date?, takes duration, tags string[], at { city }') '{"at":{"city":"Rome"},"tags":["a"],"takes":"PT90S","due":"2024-02-29","name":"x"}'
        $made.PSObject.Properties.Name | Should -Be 'name', 'due', 'takes', 'tags', 'at'
        $made.due | Should -Be ([datetime] '2024-02-29')
        $made.takes | Should -Be ([timespan]::FromSeconds(90))
        $made.at.city | Should -Be 'Rome'
        , $made.tags | Should -BeOfType ([object[]])
    }

    It 'takes JSON Schema as a hashtable, as an object and as text' -ForEach @(
        @{ Schema = @{ type = 'object'; properties = @{ n = @{ type = 'integer' } }; required = @('n') } }
        @{ Schema = [pscustomobject] @{ type = 'object'; properties = [pscustomobject] @{ n = [pscustomobject] @{ type = 'integer' } }; required = , 'n' } }
        @{ Schema = '{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}' }
        @{ Schema = '{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}' | ConvertFrom-Json }
    ) {
        $made = Get-Schema $Schema
        (Write-Schema $made | ConvertFrom-Json).properties.n.type | Should -Be 'integer'
        (ConvertFrom-Answer $made '{"n":7}').n | Should -Be 7
    }

    It 'reads a file' {
        $path = Join-Path $TestDrive 'schema.json'
        Set-Content $path '{"type":"array","items":{"type":"string"}}'
        (Get-Schema $path { Get-Content -Raw $args[0] }).IsList | Should -BeTrue
    }

    It 'refuses names that an object of PowerShell cannot tell apart' {
        { ConvertFrom-Answer (Get-Schema '{"type":"object","properties":{"a":{},"A":{}}}') '{"a":1,"A":2}' } | Should -Throw "*'A'*"
    }

    It 'refuses <_>' -ForEach 'System.Management.Automation.PSCredential', 'System.Management.Automation.ScriptBlock', 'System.IO.FileInfo' {
        $type = [type] $_
        { Get-TypeSchema $type } | Should -Throw "-OutputType: *$($type.Name)*"
    }
}
