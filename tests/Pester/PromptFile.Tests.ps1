BeforeAll {
    . $PSScriptRoot/common.ps1
    $path = Join-Path $TestDrive 'prompt.md'
    function Set-Prompt([string] $Text) { [IO.File]::WriteAllText($path, $Text) }
    function Get-Asked { (Get-TestBody).messages[-1].content }
}

AfterAll {
    Clear-Test
}

Describe 'Invoke-ChatCompletion -PromptFile' {
    BeforeEach {
        $null = Connect-TestSandbox
    }

    It 'asks what is in the file, with its parameters' {
        Set-Prompt "---`nmodel: sandbox-large`ntemperature: 0.5`nmax_completion_tokens: 50`nstop: [q, 'x']`n---`nHello"
        Invoke-ChatCompletion -PromptFile $path | ForEach-Object Text | Should -Be 'You said: Hello'
        (Get-TestBody).model, (Get-TestBody).temperature, (Get-TestBody).max_completion_tokens | Should -Be 'sandbox-large', 0.5, 50
        Get-TestMember stop | Should -Be '["q","x"]'
    }

    It 'lets the command win' {
        Set-Prompt "---`nmodel: sandbox-large`nsystem: Old`n---`nHello"
        $null = Invoke-ChatCompletion -PromptFile $path -Model sandbox-mini -System 'New {{x}}' -Variable @{ x = 1 }
        (Get-TestBody).model | Should -Be 'sandbox-mini'
        (Get-TestBody).messages[0].content | Should -Be 'New 1'
    }

    It 'fills placeholders from -Variable, else from what is piped' {
        Set-Prompt "---`nsystem: |-`n  For {{Team}}`n---`n{{Name}} {{User.Mail}} {{Count}} {{When}} {{List}}"
        $null = [pscustomobject]@{ Name = 'Ann'; User = @{ Mail = 'a@b' }; Count = 1.5; Team = 'wrong' } |
            Invoke-ChatCompletion -PromptFile $path -Variable @{ Team = 'Ops'; When = [datetime]::new(2026, 1, 2, 3, 4, 5); List = 1, @{ a = $true } }
        (Get-TestBody).messages[0].content | Should -Be 'For Ops'
        Get-Asked | Should -Be 'Ann a@b 1.5 2026-01-02T03:04:05.0000000 [1,{"a":true}]'
    }

    It 'fills {{<Name>}} with the item' -ForEach @{ Name = 'input' }, @{ Name = '.' } {
        Set-Prompt "Sum up: {{$Name}}!"
        $null = 'text' | Invoke-ChatCompletion -PromptFile $path
        Get-Asked | Should -Be 'Sum up: text!'
        $null = @{ a = 1 } | Invoke-ChatCompletion -PromptFile $path
        Get-Asked | Should -Be 'Sum up: {"a":1}!'
    }

    It 'adds the item below a prompt that has none of it' {
        Set-Prompt 'Sum up for {{Team}}.'
        $null = 'text' | Invoke-ChatCompletion -PromptFile $path -Variable @{ Team = 'Ops' }
        Get-Asked | Should -Be "Sum up for Ops.`n`ntext"
    }

    It 'runs and fills nothing in a value' {
        Set-Prompt 'Say {{x}} {{{{y}}'
        $value = '{{y}} $(throw) `n "; Remove-Item x'
        $null = Invoke-ChatCompletion -PromptFile $path -Variable @{ x = $value; y = 'no' }
        Get-Asked | Should -BeExactly "Say $value {{y}}"
    }

    It 'puts all items together with -Aggregate' {
        Set-Prompt 'Compare: {{input}}'
        $null = @{ a = 1 }, @{ a = 2 } | Invoke-ChatCompletion -PromptFile $path -Aggregate
        Get-Asked | Should -Be 'Compare: [{"a":1},{"a":2}]'
    }

    It 'goes with a session, and wins over it' {
        Set-Prompt "---`ntemperature: 0.1`n---`nHello {{input}}"
        $session = New-ChatSession 'Literal {{x}}' -Parameter @{ Temperature = 0.9; TopP = 0.5 }
        $null = 'Ann', 'Bob' | Invoke-ChatCompletion -PromptFile $path -Session $session
        $session.Messages.Text | Should -Be 'Hello Ann', 'You said: Hello Ann', 'Hello Bob', 'You said: Hello Bob'
        (Get-TestBody).temperature, (Get-TestBody).top_p, (Get-TestBody).messages[0].content | Should -Be 0.1, 0.5, 'Literal {{x}}'
    }

    It 'sets -OutputSchema' {
        Set-Prompt "---`noutput_schema: name, age int`n---`nWho is it?"
        (Invoke-ChatCompletion -PromptFile $path).psobject.Properties.Name | Should -Be 'name', 'age'
    }

    It 'belongs to a checkpoint by its text' {
        Set-Prompt 'Hello {{input}}'
        $checkpoint = Join-Path $TestDrive 'run.jsonl'
        $null = 'a', 'b' | Invoke-ChatCompletion -PromptFile $path -CheckpointPath $checkpoint
        $moved = Join-Path $TestDrive 'moved.md'
        Copy-Item $path $moved
        $before = @(Get-TestRequest).Count
        'a', 'b' | Invoke-ChatCompletion -PromptFile $moved -CheckpointPath $checkpoint | ForEach-Object Text | Should -Be 'You said: Hello a', 'You said: Hello b'
        @(Get-TestRequest).Count | Should -Be $before
        Set-Prompt 'Bye {{input}}'
        Get-Failure { 'a' | Invoke-ChatCompletion -PromptFile $path -CheckpointPath $checkpoint } | Should -Not -BeNullOrEmpty
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'an unknown key'; Text = "---`n`ntemprature: 1`n---`nHi"; Says = '*line 3*temprature*' }
        @{ What = 'a value that does not fit'; Text = "---`ntemperature: hot`n---`nHi"; Says = "*line 2*'hot' does not fit -Temperature*" }
        @{ What = 'a key for the command only'; Text = "---`ntool_approval: Auto`n---`nHi"; Says = '*line 2*' }
        @{ What = 'a tool that is no command'; Text = "---`ntools: [Get-Date, 'Remove-Item x; y']`n---`nHi"; Says = '*line 2*no cmdlet or function*Remove-Item x; y*' }
        @{ What = 'a placeholder without a value'; Text = "---`nmodel: m`n---`n`nHi {{Name}}"; Says = '*line 5*{{Name}}*' }
        @{ What = 'one in the instructions'; Text = "---`nsystem: |`n  a`n  {{Name}}`n---`nHi"; Says = '*line 4*{{Name}}*' }
        @{ What = 'an empty file'; Text = ''; Says = '*no prompt*' }
    ) {
        Set-Prompt $Text
        $failure = Get-Failure { Invoke-ChatCompletion -PromptFile $path -ErrorAction Continue }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        Get-Advice $failure | Should -BeLike $Says
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'sets what asks, and nothing else' {
        $null = New-Item (Join-Path $TestDrive 'secret.csv') -Value "Model,Input,Output`nhush,hush,hush" -Force
        $asks = (Get-Command Invoke-ChatCompletion).ImplementingType.GetProperties() | ForEach-Object {
            if ($_.CustomAttributes | Where-Object { $_.AttributeType.Name -eq 'AsksAttribute' -and -not $_.NamedArguments }) { $_.Name }
        }
        $asks | Should -Contain 'Temperature'
        $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
        foreach ($name in (Get-Command Invoke-ChatCompletion).Parameters.Keys | Where-Object { $_ -notin ($common + $asks) }) {
            Set-Prompt "---`n${name}: $(Join-Path $TestDrive 'secret.csv')`n---`nHi"
            $failure = Get-Failure { Invoke-ChatCompletion -PromptFile $path }
            "$failure" | Should -BeLike "*line 2*'$name' is not set in a file.*"
            Get-Advice $failure | Should -BeLike "*Give -$name to Invoke-ChatCompletion itself.*"
            Get-Advice $failure | Should -Not -BeLike '*hush*'
        }

        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'reads no file for -OutputSchema, and the command does' {
        $schema = Join-Path $TestDrive 'schema.json'
        Set-Content $schema '{"type":"object","properties":{"hush":{"type":"string"}}}'
        Set-Prompt "---`noutput_schema: '$schema'`n---`nWho is it?"
        $failure = Get-Failure { Invoke-ChatCompletion -PromptFile $path }
        Get-Advice $failure | Should -BeLike "*-OutputSchema: '$schema' is a file*in place of the path*"
        Get-TestRequest | Should -BeNullOrEmpty

        (Invoke-ChatCompletion -PromptFile $path -OutputSchema $schema).psobject.Properties.Name | Should -Be 'hush'
    }

    It 'reads no file of another kind for -OutputSchema' {
        $schema = Join-Path $TestDrive 'schema.txt'
        Set-Content $schema 'hush int'
        Set-Prompt "---`noutput_schema: '$schema'`n---`nWho is it?"
        Get-Advice (Get-Failure { Invoke-ChatCompletion -PromptFile $path }) | Should -Not -BeLike '*hush*'
        Get-TestRequest | Should -BeNullOrEmpty
    }

    It 'chooses no connection by its model' {
        $null = Connect-ChatService -Sandbox -Name Other -Model sandbox-mini
        $null = Connect-ChatService (Get-ChatConnection Test).BaseUri -Name Test -Model sandbox-mini
        Set-Prompt "---`nmodel: other/sandbox-large`n---`nHi"
        $failure = Get-Failure { Invoke-ChatCompletion -PromptFile $path }
        Get-Advice $failure | Should -BeLike "*line 2*'other/sandbox-large' names the connection 'Other'*-Connection Other*"
        Get-TestRequest | Should -BeNullOrEmpty

        (Invoke-ChatCompletion -PromptFile $path -Model other/sandbox-large).Connection | Should -Be 'Other'
    }

    It 'refuses a file that is not there' {
        Get-Advice (Get-Failure { Invoke-ChatCompletion -PromptFile (Join-Path $TestDrive 'none.md') }) | Should -BeLike '*cannot be read*'
    }

    It 'sets nothing that reads a file, chooses an account or stays at the service: <Line>' -ForEach @(
        @{ Line = 'outputSchema: ./secret.json' }
        @{ Line = 'outputSchema: /etc/passwd.json' }
        @{ Line = 'priceTable: /etc/passwd' }
        @{ Line = 'connection: Other' }
        @{ Line = 'fileId: file-1' }
        @{ Line = 'conversationId: conv_1' }
        @{ Line = 'previousResponseId: resp_1' }
        @{ Line = 'store: true' }
        @{ Line = 'background: true' }
        @{ Line = 'image: /etc/passwd' }
        @{ Line = 'attachment: /etc/passwd' }
        @{ Line = 'allowTool: "*"' }
        @{ Line = 'toolApproval: Auto' }
    ) {
        Connect-TestSandbox
        $folder = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
        Set-Content (Join-Path $folder 'secret.json') '{"type":"object","properties":{"leaked":{"type":"string"}}}'
        $file = Join-Path $folder 'prompt.md'
        Set-Content $file "---`n$Line`n---`nhi"
        Push-Location $folder
        try {
            $failure = Get-Failure { Invoke-ChatCompletion -PromptFile $file }
        }
        finally {
            Pop-Location
        }

        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        Get-Advice $failure | Should -Not -BeLike '*leaked*'
        Get-TestRequest | Should -BeNullOrEmpty
    }
}
