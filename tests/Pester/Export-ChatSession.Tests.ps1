BeforeAll {
    . $PSScriptRoot/common.ps1
    $path = Join-Path $TestDrive 'session.json'
}

AfterAll {
    Clear-Test
}

Describe 'Export-ChatSession and Import-ChatSession' {
    It 'bring a session back as it was' {
        $null = Connect-TestSandbox
        $session = New-ChatSession 'Be brief.' -Name Talk -Model sandbox-mini -Connection Test -MaxMessage 9 -MaxToken 5000 -Parameter @{ Temperature = 0.5; Stop = 'a', 'b'; Metadata = @{ Team = 'x' } }
        $null = Invoke-ChatCompletion -Session $session "Gr$([char] 0xFC)$([char] 0xDF)e `"quoted`" {{x}}"
        $session | Export-ChatSession $path | Should -BeNullOrEmpty
        $read = Import-ChatSession $path
        ($read | ConvertTo-Json -Depth 9) | Should -BeExactly ($session | ConvertTo-Json -Depth 9)
        $null = Invoke-ChatCompletion -Session $read 'two'
        (Get-TestBody).messages.role | Should -Be 'system', 'user', 'assistant', 'user'
        (Get-TestMember 'stop') | Should -Be '["a","b"]'
        (Get-TestMember 'metadata') | Should -Be '{"Team":"x"}'
    }

    It 'keep images as they are' {
        $image = New-TestFile (Join-Path $TestDrive 'p.png') png
        $message = New-ChatMessage 'See' -Image $image.FullName
        New-ChatSession -Message $message | Export-ChatSession $path
        (Import-ChatSession $path).Messages[0].Content[1].Url | Should -BeExactly $message.Content[1].Url
    }

    It 'save tools by the names of their commands, and no script' {
        New-ChatSession -Tool (Get-Command Get-Date), 'Get-Item', { Remove-Item x } | Export-ChatSession $path -WarningVariable warning -WarningAction SilentlyContinue
        (Import-ChatSession $path).Tools | Should -Be 'Get-Date', 'Get-Item'
        "$warning" | Should -BeLike '*ScriptBlock*'
        Get-Content $path -Raw | Should -Not -BeLike '*Remove-Item*'
    }

    It 'leave out parameters that no file holds, with a warning' {
        New-ChatSession -Parameter @{ OutputType = [int]; N = 1 } | Export-ChatSession $path -WarningVariable warning -WarningAction SilentlyContinue
        (Import-ChatSession $path).Parameters.Keys | Should -Be 'N'
        "$warning" | Should -BeLike '*OutputType*'
    }

    It 'write for the user only' -Skip:($env:OS -eq 'Windows_NT') {
        New-ChatSession | Export-ChatSession $path
        (Get-Item $path).UnixMode | Should -Be '-rw-------'
    }

    It 'do not write with -WhatIf or over a file with -NoClobber' {
        $new = Join-Path $TestDrive 'new.json'
        New-ChatSession | Export-ChatSession $new -WhatIf
        $new | Should -Not -Exist
        Set-Content $new 'old'
        $failure = Get-Failure { New-ChatSession | Export-ChatSession $new -NoClobber }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        Get-Content $new | Should -Be 'old'
    }

    It 'say that the folder is missing' {
        $failure = Get-Failure { New-ChatSession | Export-ChatSession (Join-Path $TestDrive 'no/x.json') }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
    }

    It 'take files from Get-ChildItem' {
        $folder = New-Item (Join-Path $TestDrive 'many') -ItemType Directory
        'A', 'B' | ForEach-Object { New-ChatSession -Name $_ | Export-ChatSession (Join-Path $folder "$_.json") }
        (Get-ChildItem $folder | Import-ChatSession).Name | Should -Be 'A', 'B'
    }
}
